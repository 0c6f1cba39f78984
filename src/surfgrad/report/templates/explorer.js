"use strict";
// The kernel explorer and the tables' CSV buttons. Everything is in the page: nothing is fetched.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const NAMES = { rayleigh: "Rayleigh", love: "Love", vs: "Vs", vp: "Vp", rho: "density" };
  const UNITS = { vs: "∂c/∂Vs of a layer (km/s per km/s)", vp: "∂c/∂Vp of a layer (km/s per km/s)", rho: "∂c/∂ρ of a layer (km/s per g/cm³)" };
  const WIDTH = 900, HEIGHT = 470, TOP = 16, BOTTOM = 52, NOTHING = -32768;
  const PANELS = { kernel: [64, 610], model: [690, 890] };
  const TICKS = [0, 1, 5, 10, 20, 40, 80, 120, 200, 400];

  const data = JSON.parse(document.getElementById("explorer-data").textContent);
  const at = (id) => document.getElementById(`explorer-${id}`);

  function element(parent, name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return parent.appendChild(made);
  }

  function unpacked(set) {
    if (!set.values) {
      const raw = Uint8Array.from(atob(set.kernel), (each) => each.charCodeAt(0));
      set.values = new Int16Array(raw.buffer);
    }
    return set.values;
  }

  // The kernel of one forward, layer by layer without the half-space; null where there is none.
  function kernel(set, forward, wave, parameter, period) {
    const [W, P, T] = [data.wave.length, data.parameter.length, set.period.length];
    const first = (((forward * W + wave) * P + parameter) * T + period) * set.layers;
    const whole = Array.from(unpacked(set).subarray(first, first + set.layers - 1));
    const scale = set.scale[wave][parameter][period];
    return whole.includes(NOTHING) ? null : whole.map((each) => each * scale);
  }

  function niceTicks(low, high, count) {
    const step = 10 ** Math.floor(Math.log10((high - low) / count));
    const size = [1, 2, 5, 10].map((each) => each * step).find((each) => (high - low) / each <= count);
    const ticks = [];
    for (let k = Math.ceil(low / size); k * size <= high; k += 1) ticks.push(Number((k * size).toPrecision(6)));
    return ticks;
  }

  function staircase(values, tops, end, x, y) {
    return values.map((value, k) => {
      const below = k + 1 < tops.length ? tops[k + 1] : end;
      return `${k ? "L" : "M"}${x(value).toFixed(1)},${y(tops[k]).toFixed(1)}V${y(below).toFixed(1)}`;
    }).join("");
  }

  function frame(canvas, [left, right], low, high, deepest, label, withDepth) {
    const x = (value) => left + (right - left) * (value - low) / (high - low);
    const y = (depth) => TOP + (HEIGHT - BOTTOM - TOP) * Math.sqrt(Math.max(depth, 0) / deepest);
    for (const tick of niceTicks(low, high, 5)) {
      element(canvas, "line", { x1: x(tick), x2: x(tick), y1: TOP, y2: HEIGHT - BOTTOM, class: tick === 0 ? "zero" : "grid" });
      element(canvas, "text", { x: x(tick), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, String(tick));
    }
    for (const tick of TICKS.filter((each) => each <= deepest)) {
      element(canvas, "line", { x1: left, x2: right, y1: y(tick), y2: y(tick), class: "grid" });
      if (withDepth) element(canvas, "text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, String(tick));
    }
    element(canvas, "text", { x: (left + right) / 2, y: HEIGHT - 10, "text-anchor": "middle" }, label);
    if (withDepth) {
      const middle = (TOP + HEIGHT - BOTTOM) / 2;
      element(canvas, "text", { x: 16, y: middle, "text-anchor": "middle", transform: `rotate(-90 16 ${middle})` }, "Depth (km)");
    }
    return { x, y };
  }

  function draw() {
    const [s, w, p, t] = ["set", "wave", "parameter", "period"].map((id) => Number(at(id).value));
    const set = data.sets[s], chosen = at("forward").value;
    const shown = data.forward.map((_, f) => f).filter((f) => f === 0 || chosen === "all" || Number(chosen) === f);
    const curves = shown.map((f) => [f, kernel(set, f, w, p, t)]);
    const drawn = curves.filter(([, values]) => values !== null);
    const largest = Math.max(1e-12, ...drawn.flatMap(([, values]) => values));
    const smallest = Math.min(0, ...drawn.flatMap(([, values]) => values));
    const deepest = set.top[set.top.length - 1], margin = 0.05 * (largest - smallest);
    const canvas = at("plot");
    canvas.replaceChildren();
    const main = frame(canvas, PANELS.kernel, smallest - margin, largest + margin, deepest, UNITS[data.parameter[p]], true);
    // The exact kernel last, so that nothing hides it.
    for (const [f, values] of [...drawn].reverse()) {
      const path = staircase(values, set.top.slice(0, -1), deepest, main.x, main.y);
      const dash = data.dashed[f] ? { "stroke-dasharray": "6 3" } : {};
      element(canvas, "path", { d: path, stroke: data.colours[f], class: f === 0 ? "exact" : "learned", "data-forward": data.forward[f], ...dash });
    }
    const slow = Math.min(...set.vs), fast = Math.max(...set.vs), room = 0.05 * (fast - slow || 1);
    const side = frame(canvas, PANELS.model, slow - room, fast + room, deepest, "Vs (km/s)", false);
    element(canvas, "path", { d: staircase(set.vs, set.top, deepest, side.x, side.y), class: "model" });
    const told = curves.map(([f, values]) => {
      const error = set.error[f][w][p][t];
      const word = values === null ? "no kernel" : f === 0 ? "exact" : `relative L2 ${error === null ? "–" : error}`;
      return { f, word };
    });
    at("legend").replaceChildren(...told.map(({ f, word }) => {
      const line = document.createElement("li"), mark = document.createElement("i");
      mark.style.borderTop = `3px ${data.dashed[f] ? "dashed" : "solid"} ${data.colours[f]}`;
      line.append(mark, f === 0 ? "exact" : `${data.labels[f]}: ${word}`);
      return line;
    }));
    at("said").textContent = `${NAMES[data.wave[w]]} ${NAMES[data.parameter[p]]} kernel at ${set.period[t]} s, model ${set.number} of ${set.title}. The half-space is not drawn.`;
  }

  function fill(id, labels, chosen) {
    at(id).replaceChildren(...labels.map(([value, label]) => new Option(label, value)));
    if (labels.some(([value]) => String(value) === String(chosen))) at(id).value = chosen;
  }

  function periods() {
    const kept = at("period").value || 2;
    fill("period", data.sets[Number(at("set").value)].period.map((each, k) => [k, `${each} s`]), kept);
  }

  fill("set", data.sets.map((each, k) => [k, each.title]), 0);
  fill("wave", data.wave.map((each, k) => [k, NAMES[each]]), 0);
  fill("parameter", data.parameter.map((each, k) => [k, NAMES[each]]), 0);
  // Of many, one at first: twelve curves over one another show nothing.
  fill("forward", [["all", "all shown"], ...data.labels.map((each, k) => [k, each]).slice(1)], data.labels.length > 7 ? 1 : "all");
  periods();
  at("set").addEventListener("change", periods);
  for (const id of ["set", "wave", "parameter", "period", "forward"]) at(id).addEventListener("change", draw);
  draw();
  at("box").hidden = false;
  window.explorer = { data, kernel, draw };
})();

(() => {
  const cell = (each) => `"${each.innerText.replace(/\s+/g, " ").trim().replaceAll('"', '""')}"`;
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map(cell).join(",")).join("\r\n") + "\r\n";
  for (const [number, table] of [...document.querySelectorAll("main table")].entries()) {
    const button = document.createElement("button");
    const name = (table.caption?.innerText || table.dataset.name || `table ${number + 1}`).trim();
    button.className = "csv";
    button.textContent = "CSV";
    button.title = `Save “${name}” as CSV`;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", csv(table)], { type: "text/csv" }));
      link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    // Beside a table of a grid it would take a cell of its own.
    if (table.caption) table.caption.prepend(button);
    else (table.closest(".scroll") || table).before(button);
  }
})();
