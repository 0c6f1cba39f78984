// Kernels over period and depth as colours: brown raises, blue lowers the velocity. Each period has its own scale, the
// largest there: where a period is sensitive is what a map tells; how much, the kernels beside the model do.

import { depthScale, depthTicks } from "./depth_axis.js";
import { count, tops } from "./ground.js";
import { MARGIN, drawAxis, drawCursor, edges, frame, periodScale } from "./period_axis.js";
import { px, room, text } from "./svg.js";
import { kernelWords } from "./units.js";

// Blue to white to brown, even in lightness on both sides and told apart by colour-blind readers.
const STOPS = ["#022a5e", "#1f6a9c", "#7fb2d0", "#f7f6f4", "#e0a77f", "#b35a2a", "#5e1c04"].map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
const TABLE = Array.from({ length: 255 }, (_, i) => {
  const place = (i / 254) * (STOPS.length - 1);
  const k = Math.min(Math.floor(place), STOPS.length - 2);
  return `rgb(${STOPS[k].map((from, c) => Math.round(from + (STOPS[k + 1][c] - from) * (place - k))).join(" ")})`;
});
export const colour = (share) => TABLE[Math.round(127 + 127 * Math.max(-1, Math.min(1, share)))];

// The lowest map has the numbers of the period axis under it.
export const mapRoom = (svg) => room(svg, { ...MARGIN, top: 6, bottom: svg.closest(".lowest") ? 20 : 6 });

export function drawMap(figure, view, wave, lowest) {
  const [canvas, svg] = [figure.querySelector("canvas"), figure.querySelector("svg")];
  const { state, answer } = view;
  const box = mapRoom(svg);
  const scale = periodScale(state, box);
  const y = depthScale(view, box);
  const one = answer?.kernels.find((each) => each.wave === wave);
  paint(canvas, box, state, one, scale, y);

  let found = `<g class="axis">${depthTicks(view, box, y, 3)}</g>` + drawAxis(state, box, scale, { grid: false, numbers: lowest, label: lowest }) + frame(box);
  found += text(box.left + 7, box.bottom - 7, wave === "rayleigh" ? `R${state.kernel.mode}` : `L${state.kernel.mode}`, `end ${wave}`);
  found += bar(box, state);
  if (!one && state.kernel.quantity === "ellipticity") found += text((box.left + box.right) / 2, (box.top + box.bottom) / 2, "Love waves have no ellipticity", "nothing");
  svg.innerHTML = found + drawCursor(view, box, scale);
}

const largest = (row) => row.reduce((most, value) => (value === null ? most : Math.max(most, Math.abs(value))), 0) || 1;

function bar(box, state) {
  const [x, width] = [box.right + 6, 9];
  const steps = 32;
  const [top, bottom] = [box.top, box.bottom];
  let found = "";
  for (let i = 0; i < steps; i += 1) {
    const height = (bottom - top) / steps;
    found += `<rect x="${px(x)}" y="${px(top + i * height)}" width="${width}" height="${px(height + 0.5)}" fill="${colour(1 - (2 * i) / (steps - 1))}"/>`;
  }
  for (const [place, words] of [[top + 10, "1"], [(top + bottom) / 2 + 4, "0"], [bottom - 2, "−1"]]) found += text(x + width + 3, place, words);
  return `<g class="axis"><title>${kernelWords(state).name}, over the largest of each period</title>${found}</g>`;
}

function paint(canvas, box, state, one, scale, y) {
  const dense = window.devicePixelRatio || 1;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  canvas.style.left = `${box.left}px`;
  canvas.style.top = `${box.top}px`;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.max(1, Math.round(width * dense));
  canvas.height = Math.max(1, Math.round(height * dense));
  const ink = canvas.getContext("2d");
  ink.setTransform(dense, 0, 0, dense, 0, 0);
  ink.fillStyle = "#f1f3f5";
  ink.fillRect(0, 0, width, height);
  if (!one) return;
  const columns = edges(state, scale).map((x) => x - box.left);
  const top = tops(state.model).map((depth) => y.at(depth) - box.top);
  const empty = hatched(ink);
  one.values.forEach((row, i) => {
    const [a, b] = [Math.min(columns[i], columns[i + 1]), Math.max(columns[i], columns[i + 1])];
    const most = largest(row);
    for (let k = 0; k < count(state.model); k += 1) {
      if (top[k] > height) break;
      const below = k === count(state.model) - 1 ? height : Math.min(top[k + 1], height);
      ink.fillStyle = row[k] === null ? empty : colour(row[k] / most);
      ink.fillRect(a - 0.3, top[k], b - a + 0.6, below - top[k] + 0.3);
    }
  });
  ink.strokeStyle = "#ffffff90";
  ink.lineWidth = 0.6;
  ink.beginPath();
  for (const place of top.slice(1))
    if (place < height) {
      ink.moveTo(0, place);
      ink.lineTo(width, place);
    }
  ink.stroke();
}

let pattern = null;
function hatched(ink) {
  if (pattern) return pattern;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = "#c3cad1";
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, 8);
    pen.lineTo(shift + 8, 0);
  }
  pen.stroke();
  pattern = ink.createPattern(tile, "repeat");
  return pattern;
}
