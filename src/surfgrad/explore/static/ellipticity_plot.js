// H/V over period on an axis of its angle, so that a pole is a step from top to bottom and not a cut-off spike.

import { dashes, letter, observed, shownBranches } from "./curves_plot.js";
import { MARGIN, drawAxis, drawCursor, edges, frame, periodScale } from "./period_axis.js";
import { ellipticityTicks, linear, padded } from "./scales.js";
import { clip, line, path, px, rect, room, text } from "./svg.js";
import { tick } from "./units.js";

const HALF = Math.PI / 2;

export function drawEllipticity(svg, view) {
  const { state, answer } = view;
  const box = room(svg, { ...MARGIN, top: 6, bottom: 6 });
  const scale = periodScale(state, box);
  const [low, high] = span(view);
  const y = linear(low, high, box.bottom, box.top);
  const at = (ratio) => y.at(Math.atan(ratio));
  let found = `<defs>${clip("ellipticity-clip", box)}</defs>` + drawAxis(state, box, scale, { numbers: false });
  let ticks = "";
  let before = Infinity;
  for (const each of ellipticityTicks(low, high)) {
    if (before - at(each) < 13) continue;
    before = at(each);
    ticks += line(box.left, at(each), box.right, at(each), each === 0 ? "zero" : "grid");
    ticks += text(box.left - 7, at(each) + 4, tick(each), "", 'text-anchor="end"');
  }
  ticks += text(0, 0, "H/V", "label", `text-anchor="middle" transform="translate(13 ${px((box.top + box.bottom) / 2)}) rotate(-90)"`);
  found += `<g class="axis">${ticks}</g><g clip-path="url(#ellipticity-clip)">`;
  if (state.show.data) found += observed(view, scale, at, (kind) => kind === "ellipticity");
  if (view.ghost && state.waves.rayleigh) for (const branch of wanted(state, view.ghost.answer)) found += curve(branch, view.ghost.periods, scale, y, "ghost");
  if (answer && state.waves.rayleigh)
    for (const branch of wanted(state, answer)) found += refused(branch, state, scale, box) + curve(branch, state.periods, scale, y, "rayleigh");
  found += "</g>" + frame(box);
  if (low < 0 && high > 0) {
    found += text(box.right - 4, box.top + 12, "retrograde", "inside", 'text-anchor="end"');
    found += text(box.right - 4, box.bottom - 5, "prograde", "inside", 'text-anchor="end"');
  }
  if (!state.waves.rayleigh) found += text((box.left + box.right) / 2, (box.top + box.bottom) / 2, "Rayleigh waves are switched off", "nothing");
  svg.innerHTML = found + drawCursor(view, box, scale);
}

const wanted = (state, answer) => shownBranches(state, answer).filter((branch) => branch.ellipticity);

function span(view) {
  const { state } = view;
  const angles = [];
  let pole = false;
  for (const answer of [view.answer, view.ghost?.answer])
    for (const branch of answer ? wanted(state, answer) : []) {
      const here = branch.ellipticity.values.map((ratio) => (ratio === null ? null : Math.atan(ratio)));
      here.forEach((angle, i) => {
        if (angle === null) return;
        angles.push(angle);
        if (i && here[i - 1] !== null && Math.abs(angle - here[i - 1]) > HALF) pole = true;
      });
    }
  if (view.data && state.show.data) view.data.value.forEach((value, i) => view.data.kind[i] === "ellipticity" && angles.push(Math.atan(value)));
  const found = pole ? [-HALF, HALF] : padded(angles, 0.12, 0.02);
  const [low, high] = view.steady("ellipticity", found) ?? [0, 1];
  return [Math.max(low, -HALF), Math.min(high, HALF)];
}

function curve(branch, periods, scale, y, colour) {
  const points = [];
  let before = null;
  branch.ellipticity.values.forEach((ratio, i) => {
    if (ratio === null) {
      points.push(null);
      before = null;
      return;
    }
    const [x, angle] = [scale.at(periods[i]), Math.atan(ratio)];
    if (before && Math.abs(angle - before.angle) > HALF) {
      const middle = (x + before.x) / 2;
      points.push([middle, y.at(before.angle > 0 ? HALF : -HALF)], null, [middle, y.at(before.angle > 0 ? -HALF : HALF)]);
    }
    points.push([x, y.at(angle)]);
    before = { x, angle };
  });
  return `<path class="curve ellipticity ${colour}" data-branch="${letter(branch)}" stroke-dasharray="${dashes(branch.mode)}" d="${path(points)}"/>`;
}

// Periods at which there is a mode and no ellipticity; those without a mode the curves above tell.
function refused(branch, state, scale, box) {
  const at = edges(state, scale);
  return branch.ellipticity.values
    .map((ratio, i) => {
      if (ratio !== null || branch.phase.values[i] === null) return "";
      const [a, b] = [Math.min(at[i], at[i + 1]), Math.max(at[i], at[i + 1])];
      return rect(a, box.bottom - 8, b - a, 7, "gap", `fill="url(#hatch-rayleigh)" data-status="faint"`);
    })
    .join("");
}
