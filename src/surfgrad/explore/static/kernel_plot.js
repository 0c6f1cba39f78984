// Kernels at one period with depth, beside the model: staircases, one for each wave.

import { depthScale, depthTicks } from "./depth_axis.js";
import { letter } from "./curves_plot.js";
import { count, tops } from "./ground.js";
import { MANY } from "./model_plot.js";
import { linear, roundTicks } from "./scales.js";
import { clip, escape, line, path, px, rect, room, text } from "./svg.js";
import { kernelFactor, kernelWords, shown, tick, timeText } from "./units.js";

const MARGIN = { left: 10, right: 14, top: 26, bottom: 10 };
const APART = window.matchMedia("(max-width: 1080px)"); // not beside the model: needs depths of its own

export const kernelRoom = (svg) => room(svg, APART.matches ? { ...MARGIN, left: 52 } : MARGIN);

export const shownKernels = (state, answer) => (answer ? answer.kernels.filter((each) => state.waves[each.wave]) : []);

export function drawKernels(svg, title, view) {
  const { state, answer } = view;
  const i = view.hovered ?? state.kept;
  const factor = kernelFactor(state);
  const words = kernelWords(state);
  const box = kernelRoom(svg);
  const y = depthScale(view, box);
  const kernels = shownKernels(state, answer);
  title.innerHTML = `${escape(words.name)} <small>at ${escape(timeText(state, state.periods[i]))}, mode ${state.kernel.mode}</small>`;

  const ghost = view.ghost?.kernel === JSON.stringify(state.kernel) ? view.ghost : null;
  const [low, high] = view.steady(`kernel ${JSON.stringify(state.kernel)} ${i}`, span(kernels, ghost, i, factor));
  const x = linear(low, high, box.left, box.right);
  let axis = "";
  for (const each of roundTicks(low, high, 3)) {
    axis += line(x.at(each), box.top, x.at(each), box.bottom, each === 0 ? "zero" : "grid");
    if (x.at(each) < box.right - 40) axis += text(x.at(each), box.top - 8, tick(each), "", 'text-anchor="middle"');
  }
  axis += text(box.right + 8, box.top - 8, words.unit, "label", 'text-anchor="end"');
  if (APART.matches) axis += depthTicks(view, box, y);
  let found = `<defs>${clip("kernel-clip", box)}</defs><g class="axis">${axis}</g><g clip-path="url(#kernel-clip)">`;
  const top = tops(state.model);
  if (view.under !== null && view.under < count(state.model)) found += band(view, box, y, top);
  for (let k = 1; k < count(state.model); k += 1) found += line(box.left, y.at(top[k]), box.right, y.at(top[k]), "interface");
  if (ghost) for (const one of shownKernels(state, ghost.answer)) found += stairs(ghost.model, one.values[i], factor, x, y, box, "ghost");
  for (const one of kernels) found += stairs(state.model, one.values[i], factor, x, y, box, one.wave);
  found += "</g>" + `<path class="frame" d="M${px(box.left)} ${px(box.bottom)}V${px(box.top)}H${px(box.right)}"/>`;
  let row = box.bottom - 8;
  for (const one of [...kernels].reverse()) {
    const none = !one.values[i] || one.values[i].every((value) => value === null);
    const name = none ? `${letter(one)}: ${state.statuses[one.status[i]].name}` : letter(one);
    found += text(box.right - 5, row, name, `end ${one.wave}`, 'text-anchor="end"');
    row -= 15;
  }
  if (state.kernel.per === "km" && kernels.length && state.kernel.parameter !== "thickness") found += text(box.right - 5, row, "half-space: none per length", "inside", 'text-anchor="end"');
  if (!kernels.length && (!answer || state.kernel.quantity === "ellipticity")) found += text((box.left + box.right) / 2, (box.top + box.bottom) / 2, answer ? "no wave has such kernels" : "…", "nothing");
  if (view.under !== null && view.under < count(state.model)) found += readLayer(view, kernels, i, box, y, top, words.unit);
  svg.classList.toggle("many", count(state.model) > MANY);
  svg.innerHTML = found;
}

function span(kernels, ghost, i, factor) {
  let [low, high] = [0, 0];
  for (const one of [...kernels, ...(ghost ? ghost.answer.kernels : [])])
    for (const value of one.values[i] ?? [])
      if (value !== null) {
        low = Math.min(low, value * factor);
        high = Math.max(high, value * factor);
      }
  const wide = high - low || 1e-12;
  return [low - 0.06 * wide, high + 0.1 * wide];
}

function stairs(model, values, factor, x, y, box, wave) {
  if (!values) return "";
  const top = tops(model);
  const points = [];
  let area = "";
  values.forEach((value, k) => {
    if (value === null) {
      points.push(null);
      return;
    }
    const [above, below] = [y.at(top[k]), k === values.length - 1 ? box.bottom + 2 : y.at(top[k + 1])];
    const at = x.at(value * factor);
    points.push([at, above], [at, below]);
    area += `M${px(x.at(0))} ${px(above)}H${px(at)}V${px(below)}H${px(x.at(0))}Z`;
  });
  const fill = wave === "ghost" ? "" : `<path class="kernel-area ${wave}" d="${area}"/>`;
  return `${fill}<path class="kernel ${wave}" d="${path(points)}"/>`;
}

const ends = (view, box, y, top) => {
  const last = view.under === count(view.state.model) - 1;
  return [y.at(top[view.under]), last ? box.bottom : Math.min(box.bottom, y.at(top[view.under + 1]))];
};

function band(view, box, y, top) {
  const [above, below] = ends(view, box, y, top);
  return rect(box.left, above, box.right - box.left, below - above, "layer-fill chosen");
}

// The kernels of the layer that is pointed at, in numbers.
function readLayer(view, kernels, i, box, y, top, unit) {
  const [above, below] = ends(view, box, y, top);
  const first = Math.min(Math.max((above + below) / 2 - 7 * kernels.length + 11, box.top + 14), box.bottom - 15 * kernels.length);
  return kernels
    .map((one, row) => {
      const value = one.values[i]?.[view.under] ?? null;
      const words = value === null ? "none" : `${shown(value * kernelFactor(view.state), 3)} ${unit === "1" ? "" : unit}`;
      return text(box.right - 5, first + 15 * row, `${letter(one)}  ${words}`, `end ${one.wave}`, 'text-anchor="end"');
    })
    .join("");
}
