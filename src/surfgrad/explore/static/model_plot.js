// The staircase of one parameter over depth, its handles, and where a pointer is on it.

import { deepest, depthScale, depthTicks } from "./depth_axis.js";
import { count, isWater, tops } from "./ground.js";
import { linear, padded, roundTicks } from "./scales.js";
import { clip, line, path, px, rect, room, text } from "./svg.js";
import { NAMES, shown, tick, unitOf, unitsOf } from "./units.js";

const MARGIN = { left: 52, right: 12, top: 26, bottom: 10 };
const NEAR = 7;
export const MANY = 25; // layers, above which interfaces are drawn pale

export function modelScales(svg, view) {
  const { state } = view;
  const box = room(svg, MARGIN);
  const values = [state.model, ...(view.ghost ? [view.ghost.model] : [])].flatMap((model) => seen(view, model));
  const top = Math.max(...values);
  const range = view.steady(`model ${state.parameter}`, padded(values, 0.22, 0.08 * top));
  const { factor } = unitsOf(state);
  const x = linear(Math.max(0, range[0]) * factor, range[1] * factor, box.left, box.right);
  return { box, y: depthScale(view, box), at: (value) => x.at(value * factor), value: (place) => Math.max(0, x.value(place) / factor), x };
}

// Values of the layers that begin above the deepest depth shown.
const seen = (view, model) => {
  const top = tops(model);
  return model[view.state.parameter].filter((_, i) => top[i] < deepest(view));
};

export function drawModel(svg, view) {
  const { state } = view;
  const { model, parameter } = state;
  const { box, y, at, x } = modelScales(svg, view);
  const top = tops(model);
  const bottomOf = (i) => (i === count(model) - 1 ? box.bottom : Math.min(box.bottom, y.at(top[i] + model.thickness[i])));
  let found = `<defs>${clip("model-clip", box)}</defs><g clip-path="url(#model-clip)">`;
  for (let i = 0; i < count(model); i += 1) {
    const kind = isWater(model, i) ? "water" : i === count(model) - 1 ? "half" : i % 2 ? "odd" : "";
    const chosen = i === state.chosen ? " chosen" : "";
    found += rect(box.left, y.at(top[i]), box.right - box.left, bottomOf(i) - y.at(top[i]), `layer-fill ${kind}${chosen}`);
  }
  found += "</g>";

  let axis = "";
  for (const each of roundTicks(x.low, x.high, 4)) {
    axis += line(x.at(each), box.top, x.at(each), box.bottom, "grid");
    if (x.at(each) < box.right - 78 || x.at(each) > box.right) axis += text(x.at(each), box.top - 8, tick(each), "", 'text-anchor="middle"');
  }
  axis += text(box.right, box.top - 8, `${NAMES[parameter]} (${unitOf(state, parameter)})`, "label", 'text-anchor="end"');
  axis += depthTicks(view, box, y, 8);
  found += `<g class="axis">${axis}</g><g clip-path="url(#model-clip)">`;

  if (view.ghost) found += `<path class="stairs ghost" d="${staircase(view.ghost.model, parameter, at, y, box)}"/>`;
  for (let i = 0; i < count(model) - 1; i += 1) {
    const hot = view.hot?.kind === "interface" && view.hot.layer === i ? " hot" : "";
    found += line(box.left, y.at(top[i + 1]), box.right, y.at(top[i + 1]), `interface${hot}`);
  }
  found += `<path class="stairs" d="${staircase(model, parameter, at, y, box)}"/>`;
  for (let i = 0; i < count(model); i += 1) {
    const [above, below] = [y.at(top[i]), bottomOf(i)];
    if (above > box.bottom) break;
    const value = model[parameter][i];
    const hot = view.hot?.kind === "value" && view.hot.layer === i ? " hot" : "";
    if (hot) found += line(at(value), above, at(value), below, `handle${hot}`);
    const middle = (above + below) / 2;
    if (below - above > 9 && !(parameter === "vs" && isWater(model, i))) found += `<circle class="grip${hot}" cx="${px(at(value))}" cy="${px(middle)}" r="3.6"/>`;
    if (below - above > 15) found += inside(state, i, box, at(value), middle);
  }
  found += "</g>" + `<path class="frame" d="M${px(box.left)} ${px(box.bottom)}V${px(box.top)}H${px(box.right)}"/>`;
  if (view.hot) found += tagOf(view, box, y, at, top);
  svg.classList.toggle("many", count(model) > MANY);
  svg.innerHTML = found;
}

function staircase(model, parameter, at, y, box) {
  const top = tops(model);
  const points = [];
  for (let i = 0; i < count(model); i += 1) {
    const x = at(model[parameter][i]);
    points.push([x, y.at(top[i])], [x, i === count(model) - 1 ? Math.max(box.bottom, y.at(top[i])) + 2 : y.at(top[i + 1])]);
  }
  return path(points);
}

function inside(state, i, box, x, middle) {
  const words = isWater(state.model, i) ? "water" : i === count(state.model) - 1 ? "half-space" : null;
  if (!words) return "";
  const right = x < (box.left + box.right) / 2;
  return text(right ? box.right - 7 : box.left + 7, middle + 4, words, "inside", right ? 'text-anchor="end"' : "");
}

// What is under the pointer, in numbers, beside it.
function tagOf(view, box, y, at, top) {
  const { state, hot } = view;
  const { factor, length } = unitsOf(state);
  if (hot.kind === "interface") {
    const place = y.at(top[hot.layer + 1]);
    return text(box.left + 8, place - 6, `${shown(top[hot.layer + 1] * factor)} ${length}`, "value-tag");
  }
  const value = state.model[state.parameter][hot.layer];
  const x = at(value);
  const above = Math.max(y.at(top[hot.layer]), box.top);
  const below = hot.layer === count(state.model) - 1 ? box.bottom : Math.min(y.at(top[hot.layer + 1]), box.bottom);
  const right = x < (box.left + box.right) / 2;
  const words = `${shown(value * factor)} ${unitOf(state, state.parameter)}`;
  return text(right ? x + 9 : x - 9, (above + below) / 2 - 7, words, "value-tag", right ? "" : 'text-anchor="end"');
}

// The handle under a place: {kind: "value" | "interface", layer}, or the layer alone.
export function handleAt(svg, view, place) {
  const { box, y, at } = modelScales(svg, view);
  const { model, parameter } = view.state;
  if (place.x < box.left - 4 || place.x > box.right + 4 || place.y < box.top - 4 || place.y > box.bottom + 4) return null;
  const top = tops(model);
  let best = null;
  let layer = 0;
  for (let i = 0; i < count(model); i += 1) {
    const above = y.at(top[i]);
    const below = i === count(model) - 1 ? box.bottom : y.at(top[i + 1]);
    if (place.y >= above) layer = i;
    const off = Math.abs(place.x - at(model[parameter][i]));
    const margin = Math.min(4, (below - above) / 4);
    if (parameter === "vs" && isWater(model, i)) continue; // to make it solid is not for a slip of the hand
    if (off <= NEAR && place.y >= above + margin && place.y <= below - margin && (!best || off < best.off)) best = { kind: "value", layer: i, off };
  }
  if (best) return { kind: best.kind, layer: best.layer };
  for (let i = 0; i < count(model) - 1; i += 1) {
    const off = Math.abs(place.y - y.at(top[i + 1]));
    if (off <= NEAR && (!best || off < best.off)) best = { kind: "interface", layer: i, off };
  }
  return best ? { kind: best.kind, layer: best.layer } : { kind: "layer", layer };
}
