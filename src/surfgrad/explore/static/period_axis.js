// The period axis that curves, ellipticity and kernel maps share, with its cursor.

import { logarithmic, logTicks } from "./scales.js";
import { line, px, rect, text } from "./svg.js";
import { tick, timeOf, timeText, unitsOf } from "./units.js";

export const MARGIN = { left: 56, right: 34, top: 8, bottom: 20 };

export function periodScale(state, box) {
  const [first, last] = [timeOf(state, state.periods[0]), timeOf(state, state.periods.at(-1))];
  const inner = logarithmic(Math.min(first, last), Math.max(first, last), box.left, box.right);
  return { ...inner, at: (period) => inner.at(timeOf(state, period)), time: inner };
}

// Edges between periods, in pixels, and the ends.
export function edges(state, scale) {
  const places = state.periods.map((period) => scale.at(period));
  const between = places.slice(1).map((place, i) => (place + places[i]) / 2);
  return [places[0], ...between, places.at(-1)];
}

export function drawAxis(state, box, scale, { numbers = true, label = false, grid = true } = {}) {
  const ticks = logTicks(scale.low, scale.high);
  let found = "";
  for (const each of ticks) {
    const x = scale.time.at(each);
    if (grid) found += line(x, box.top, x, box.bottom, "grid");
    if (numbers) found += text(x, box.bottom + 15, tick(each), "", 'text-anchor="middle"');
  }
  if (label) found += text(roomiest(ticks.map(scale.time.at)), box.bottom + 15, unitsOf(state).time, "label", 'text-anchor="middle"');
  return `<g class="axis">${found}</g>`;
}

// The middle of the widest gap between ticks, the last of equals: where the axis's name stands among the numbers.
function roomiest(places) {
  let best = { wide: 0, middle: places[0] };
  places.slice(1).forEach((place, i) => {
    if (place - places[i] >= best.wide - 1) best = { wide: place - places[i], middle: (place + places[i]) / 2 };
  });
  return best.middle;
}

export function drawCursor(view, box, scale, { label = false } = {}) {
  const { state } = view;
  const x = scale.at(state.periods[state.kept]);
  let found = line(x, box.top, x, box.bottom, "kept");
  if (label) {
    const words = timeText(state, state.periods[state.kept]);
    const width = 14 + 6.8 * words.length;
    const left = Math.min(Math.max(x - width / 2, box.left), box.right - width);
    found += rect(left, box.top - 19, width, 18, "kept-box", 'rx="3"');
    found += text(left + width / 2, box.top - 5.5, words, "kept-label", 'text-anchor="middle"');
  }
  if (view.hovered !== null && view.hovered !== state.kept) {
    const at = scale.at(state.periods[view.hovered]);
    found += line(at, box.top, at, box.bottom, "cursor");
  }
  return found;
}

// The number of the period nearest to a place.
export function nearest(state, scale, x) {
  let best = 0;
  state.periods.forEach((period, i) => {
    if (Math.abs(scale.at(period) - x) < Math.abs(scale.at(state.periods[best]) - x)) best = i;
  });
  return best;
}

export const frame = (box) => `<path class="frame" d="M${px(box.left)} ${px(box.top)}V${px(box.bottom)}H${px(box.right)}"/>`;
