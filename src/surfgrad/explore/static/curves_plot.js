// Phase and group velocity over period: exact curves, the surrogate's, what was observed, and why something is missing.

import { MARGIN, drawAxis, drawCursor, edges, frame, periodScale } from "./period_axis.js";
import { linear, padded, roundTicks } from "./scales.js";
import { clip, line, path, px, rect, room, text } from "./svg.js";
import { tick, unitsOf } from "./units.js";

const DASHES = ["none", "9 4", "3 2.5", "9 3 2 3", "9 3 2 3 2 3"];
const STRIP = 11;
export const dashes = (mode) => DASHES[Math.min(mode, DASHES.length - 1)];
export const letter = (branch) => (branch.wave === "rayleigh" ? "R" : "L") + branch.mode;
export const kinds = (state) => ["phase", "group"].filter((kind) => state.show[kind]);

export function drawCurves(svg, view) {
  const { state, answer } = view;
  const strips = missing(view);
  const box = room(svg, { ...MARGIN, top: 22 });
  const floor = box.bottom - STRIP * strips.length - (strips.length ? 4 : 0);
  const scale = periodScale(state, box);
  const { factor, velocity } = unitsOf(state);
  const range = view.steady("velocity", padded(everything(view), 0.06)) ?? [0, 5];
  const y = linear(range[0] * factor, range[1] * factor, floor, box.top);
  const at = (value) => y.at(value * factor);
  const inside = { ...box, bottom: floor };

  let found = `<defs>${clip("curves-clip", inside)}${HATCHES}</defs>`;
  found += drawAxis(state, box, scale, { label: true });
  let ticks = "";
  for (const each of roundTicks(y.low, y.high, 6)) {
    ticks += line(box.left, y.at(each), box.right, y.at(each), "grid");
    ticks += text(box.left - 7, y.at(each) + 4, tick(each), "", 'text-anchor="end"');
  }
  ticks += text(0, 0, `Velocity (${velocity})`, "label", `text-anchor="middle" transform="translate(13 ${px((box.top + floor) / 2)}) rotate(-90)"`);
  found += `<g class="axis">${ticks}</g>`;

  found += `<g clip-path="url(#curves-clip)">`;
  if (state.show.data) found += observed(view, scale, at, (kind) => state.show[kind]);
  if (view.ghost) for (const branch of shownBranches(state, view.ghost.answer)) for (const kind of kinds(state)) found += curve(branch, kind, view.ghost.periods, scale, at, "ghost");
  if (answer) for (const branch of shownBranches(state, answer)) for (const kind of kinds(state)) found += curve(branch, kind, state.periods, scale, at, branch.wave) + rings(branch, kind, state, scale, at);
  if (view.learned && state.show.surrogate) found += learnedCurves(view, scale, at);
  found += "</g>";
  found += ends(view, box, at, floor);
  strips.forEach((strip, i) => {
    found += gaps(strip, state, scale, box, floor + 4 + i * STRIP);
  });
  found += frame(box);
  if (answer && !shownBranches(state, answer).length) found += text((box.left + box.right) / 2, (box.top + floor) / 2, "no wave or mode is switched on", "nothing");
  found += drawCursor(view, box, scale, { label: true });
  if (view.hovered !== null || answer) found += dots(view, scale, at, inside);
  svg.innerHTML = found;
}

export const shownBranches = (state, answer) =>
  answer.branches.filter((branch) => state.waves[branch.wave] && state.modes.includes(branch.mode));

function* everything(view) {
  const { state } = view;
  for (const answer of [view.answer, view.ghost?.answer])
    if (answer) for (const branch of shownBranches(state, answer)) for (const kind of kinds(state)) yield* branch[kind].values;
  const { data } = view;
  if (data && state.show.data)
    for (let i = 0; i < data.value.length; i += 1)
      if (state.show[data.kind[i]] && state.waves[data.wave[i]] && within(state, data.period_s[i])) yield data.value[i];
}

// Error bars may be longer than anything that is worth seeing: values alone decide the axis.
const within = (state, period) => period >= state.periods[0] && period <= state.periods.at(-1);

function curve(branch, kind, periods, scale, at, colour) {
  const points = branch[kind].values.map((value, i) => (value === null ? null : [scale.at(periods[i]), at(value)]));
  return `<path class="curve ${kind} ${colour}" data-branch="${letter(branch)}" stroke-dasharray="${dashes(branch.mode)}" d="${path(points)}"/>`;
}

// Values that are certified and carry a warning.
function rings(branch, kind, state, scale, at) {
  return branch[kind].status
    .map((status, i) => {
      const value = branch[kind].values[i];
      if (status === 0 || value === null) return "";
      return `<circle class="mark ${branch.wave}" cx="${px(scale.at(state.periods[i]))}" cy="${px(at(value))}" r="4"/>`;
    })
    .join("");
}

function learnedCurves(view, scale, at) {
  const { state, learned } = view;
  let found = "";
  for (const one of learned.waves) {
    if (!state.waves[one.wave] || !state.show[learned.kind]) continue;
    const d = path(one.values.map((value, i) => (value === null ? null : [scale.at(learned.periods[i]), at(value)])));
    found += `<path class="surrogate-curve under" d="${d}"/><path class="surrogate-curve" data-wave="${one.wave}" d="${d}"/>`;
    one.values.forEach((value, i) => {
      if (value === null || !one.outside?.[i]) return;
      const [x, y] = [scale.at(learned.periods[i]), at(value)];
      found += `<path class="outside" d="M${px(x - 3)} ${px(y - 3)}l6 6m0 -6l-6 6"/>`;
    });
  }
  return found;
}

export function observed(view, scale, at, wanted) {
  const { state, data } = view;
  if (!data) return "";
  let bars = "";
  let points = "";
  for (let i = 0; i < data.value.length; i += 1) {
    const [kind, wave] = [data.kind[i], data.wave[i]];
    if (!wanted(kind) || !state.waves[wave] || !within(state, data.period_s[i])) continue;
    const [x, y] = [scale.at(data.period_s[i]), at(data.value[i])];
    if (data.sigma[i] !== null)
      bars += `<line class="bar ${wave}" x1="${px(x)}" x2="${px(x)}" y1="${px(at(data.value[i] - data.sigma[i]))}" y2="${px(at(data.value[i] + data.sigma[i]))}"/>`;
    const half = data.value.length > 120 ? 2 : 3;
    points +=
      kind === "group"
        ? `<rect class="observed group ${wave}" x="${px(x - half)}" y="${px(y - half)}" width="${2 * half}" height="${2 * half}"/>`
        : `<circle class="observed ${wave}" cx="${px(x)}" cy="${px(y)}" r="${half}"/>`;
  }
  return `<g class="data">${bars}${points}</g>`;
}

// Names at the curves' right ends, moved apart where they would overlap.
function ends(view, box, at, floor) {
  const { state, answer } = view;
  if (!answer) return "";
  const names = [];
  const last = state.units === "si" ? 0 : state.periods.length - 1;
  for (const branch of shownBranches(state, answer))
    for (const kind of kinds(state)) {
      const value = branch[kind].values[last];
      if (value === null) continue;
      names.push({ y: at(value) + 4, words: kind === "group" ? `${letter(branch)} U` : letter(branch), wave: branch.wave });
    }
  names.sort((a, b) => a.y - b.y);
  for (let i = 1; i < names.length; i += 1) names[i].y = Math.max(names[i].y, names[i - 1].y + 12);
  for (let i = names.length - 1; i >= 0; i -= 1) names[i].y = Math.min(names[i].y, floor - 12 * (names.length - 1 - i));
  return names.map(({ y, words, wave }) => text(box.right + 4, y, words, `end ${wave}`)).join("");
}

function dots(view, scale, at, box) {
  const { state, answer } = view;
  const i = view.hovered ?? state.kept;
  if (!answer) return "";
  let found = "";
  for (const branch of shownBranches(state, answer))
    for (const kind of kinds(state)) {
      const value = branch[kind].values[i];
      if (value === null || value === undefined) continue;
      const y = at(value);
      if (y < box.top || y > box.bottom) continue;
      found += `<circle class="dot ${branch.wave}" cx="${px(scale.at(state.periods[i]))}" cy="${px(y)}" r="${kind === "phase" ? 4 : 3}"/>`;
    }
  return found;
}

// One strip for each branch that has no value somewhere: from where to where, and by which status.
function missing(view) {
  const { state, answer } = view;
  if (!answer) return [];
  const strips = [];
  for (const branch of shownBranches(state, answer)) {
    const spans = [];
    branch.phase.values.forEach((value, i) => {
      if (value !== null) return;
      const status = branch.phase.status[i];
      const before = spans.at(-1);
      if (before && before.status === status && before.last === i - 1) before.last = i;
      else spans.push({ first: i, last: i, status });
    });
    if (spans.length) strips.push({ branch, spans });
  }
  return strips;
}

export const HATCHES = ["rayleigh", "love"]
  .map(
    (wave) =>
      `<pattern id="hatch-${wave}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="mark ${wave}" x1="0" y1="0" x2="0" y2="6" stroke-width="1.6" opacity=".45"/></pattern>`,
  )
  .join("");

function gaps({ branch, spans }, state, scale, box, top) {
  const at = edges(state, scale);
  return spans
    .map(({ first, last, status }) => {
      const [a, b] = [Math.min(at[first], at[last + 1]), Math.max(at[first], at[last + 1])];
      const words = `${letter(branch)} ${state.statuses[status].name}`;
      const fits = b - a > 6.6 * words.length;
      const label = fits ? text((a + b) / 2, top + 8.5, words, `gap-label ${branch.wave}`, 'text-anchor="middle"') : text(a > (box.left + box.right) / 2 ? a - 4 : b + 4, top + 8.5, words, `gap-label ${branch.wave}`, a > (box.left + box.right) / 2 ? 'text-anchor="end"' : "");
      return `<g class="gap" data-branch="${letter(branch)}" data-status="${state.statuses[status].name}">${rect(a, top, b - a, STRIP - 2, "", `fill="url(#hatch-${branch.wave})"`)}${label}</g>`;
    })
    .join("");
}
