// What the page shows, and how it begins.

import { copy } from "./ground.js";

export const MODES = [0, 1, 2, 3, 4];

export function geometric(low, high, count) {
  return Array.from({ length: count }, (_, i) => Number((low * (high / low) ** (i / (count - 1))).toPrecision(6)));
}

export function firstState(start) {
  const point = start.starting_points.find((each) => each.units === start.units) ?? start.starting_points[0];
  const model = start.model ?? point.model;
  const [low, high] = start.data.length ? spanOf(start.data[0]) : point.periods;
  return {
    model: copy(model),
    units: start.units,
    statuses: start.statuses,
    waves: { rayleigh: true, love: true },
    modes: [0],
    show: { phase: true, group: true, surrogate: true, data: true },
    span: { low, high, count: 60 },
    periods: geometric(low, high, 60),
    kernel: { quantity: "phase", parameter: "vs", per: "km", mode: 0 },
    parameter: "vs",
    keepRatio: true,
    chosen: 0,
    kept: 36,
    depth: null,
  };
}

// Periods between which observations lie, a little wider.
export function spanOf(data) {
  const low = Math.min(...data.period_s);
  const high = Math.max(...data.period_s);
  return [Number((low / 1.15).toPrecision(2)), Number((high * 1.15).toPrecision(2))];
}

// What is kept over a reload of the page.
const KEPT = ["model", "units", "waves", "modes", "show", "span", "periods", "kernel", "parameter", "keepRatio", "chosen", "kept", "depth"];
const place = () => `surfgrad ${window.location.pathname}`;

export function remember(state) {
  try {
    sessionStorage.setItem(place(), JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, state[key]]))));
  } catch {
    // A browser that keeps nothing only forgets.
  }
}

export function recall(state) {
  try {
    Object.assign(state, JSON.parse(sessionStorage.getItem(place()) ?? "{}"));
  } catch {
    sessionStorage.removeItem(place());
  }
}
