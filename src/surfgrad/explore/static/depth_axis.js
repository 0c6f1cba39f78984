// The depth axis that the model, the kernels and the maps share: down.

import { count, tops } from "./ground.js";
import { linear, roundTicks } from "./scales.js";
import { px, text } from "./svg.js";
import { tick, unitsOf } from "./units.js";

// The deepest point that is shown, km: chosen by the wheel; or all interfaces, but no deeper than about three quarters of
// the longest wavelength, below which curves know nothing.
export function deepest(view) {
  const { state } = view;
  if (state.depth !== null) return state.depth;
  const half = tops(state.model)[count(state.model) - 1];
  const reach = 0.75 * state.periods.at(-1) * state.model.vs.at(-1);
  return view.steady("depth", [0, half > 0 ? Math.min(half * 1.22, reach) : reach])[1];
}

// Numbers and name of the axis, left of a plot.
export function depthTicks(view, box, y, number = 5) {
  const { factor, length } = unitsOf(view.state);
  let found = "";
  for (const each of roundTicks(0, deepest(view) * factor, number)) found += text(box.left - 7, y.at(each / factor) + 4, tick(each), "", 'text-anchor="end"');
  const place = `translate(12 ${px((box.top + box.bottom) / 2)}) rotate(-90)`;
  return found + text(0, 0, `Depth (${length})`, "label", `text-anchor="middle" transform="${place}"`);
}

export const depthScale = (view, box) => linear(0, deepest(view), box.top, box.bottom);
