// The explorer: the state of the page, what it asks of the engine, and who draws what comes back.

import { Controls } from "./controls.js";
import { drawCurves } from "./curves_plot.js";
import { choosePeriod, dragModel, pointAtLayer, zoomDepth } from "./drag.js";
import { drawEllipticity } from "./ellipticity_plot.js";
import { begin } from "./files.js";
import { copy, count, same } from "./ground.js";
import { History } from "./history.js";
import { drawMap, mapRoom } from "./kernel_map.js";
import { drawKernels, kernelRoom } from "./kernel_plot.js";
import { Link } from "./link.js";
import { drawModel } from "./model_plot.js";
import { drawReadOut } from "./read_out.js";
import { firstState, recall, remember } from "./state.js";
import { whenResized } from "./svg.js";

const $ = (id) => document.getElementById(id);
const MOST_FRAMES = 2000;

class Explorer {
  constructor(start) {
    this.state = firstState(start);
    recall(this.state);
    this.state.statuses = start.statuses;
    this.start = start;
    this.data = start.data[0] ?? null;
    this.answer = null;
    this.learned = null;
    this.ghost = null;
    this.pinned = null;
    this.dragging = false;
    this.hovered = null;
    this.hot = null;
    this.under = null; // the layer that is pointed at on kernels
    this.ranges = new Map();
    this.frames = []; // when a pointer moved, and when what it moved was drawn and shown: what benchmarks read
    this.number = 0;
    this.history = new History(copy(this.state.model));
    this.controls = new Controls(this);
    this.exact = new Link((answer, asked) => this.take(answer, asked), (up) => this.controls.linked(up));
    this.net = start.surrogate ? new Link((answer, asked) => this.takeLearned(answer, asked), () => {}) : null;
    this.listen();
    this.ask();
    this.drawAll();
  }

  // An axis that holds still: while a layer is dragged it may grow, never shrink.
  steady(name, wanted) {
    const before = this.ranges.get(name);
    if (wanted === null || wanted === undefined) return before ?? null;
    const holds = before && (this.dragging || this.ghost) ? [Math.min(before[0], wanted[0]), Math.max(before[1], wanted[1])] : wanted;
    this.ranges.set(name, holds);
    return holds;
  }

  forget(name) {
    this.ranges.delete(name);
  }

  listen() {
    const hands = {
      begin: () => {
        this.dragging = true;
        if (!this.pinned) this.ghost = this.snapshot();
      },
      change: (model, moved) => this.change(model, moved),
      end: () => {
        this.dragging = false;
        this.ghost = this.pinned;
        this.keep();
        this.drawAll();
      },
      set: (model) => {
        this.set(model);
        this.controls.told(this.controls.layerWords());
      },
      redraw: () => {
        this.drawGround();
        this.controls.show();
      },
    };
    dragModel($("model-plot"), this, hands);
    for (const id of ["model-plot", "kernel-plot"]) zoomDepth($(id), this, () => this.drawAll());
    const maps = [...document.querySelectorAll(".map svg")];
    for (const svg of [$("curves-plot"), $("ellipticity-plot"), ...maps]) choosePeriod(svg, this, () => this.drawWaves());
    for (const map of maps) pointAtLayer(map, mapRoom, this, () => this.drawWaves());
    pointAtLayer($("kernel-plot"), kernelRoom, this, () => this.drawWaves());
    whenResized(() => this.drawAll());
  }

  snapshot() {
    if (!this.answer) return null;
    return { model: copy(this.state.model), answer: this.answer, periods: this.state.periods, kernel: this.answer.kernel };
  }

  pin(on) {
    this.pinned = on ? this.snapshot() : null;
    this.ghost = this.pinned;
    this.drawAll();
  }

  // A model on its way, `moved`: when the pointer was there.
  change(model, moved = null) {
    this.state.model = model;
    this.state.chosen = Math.min(this.state.chosen, count(model) - 1);
    this.ask(moved);
    this.drawGround();
    this.controls.show();
  }

  // A change that is done, and can be undone.
  set(model) {
    this.change(model);
    this.keep();
    this.drawAll();
  }

  keep() {
    if (!same(this.history.states[this.history.now], this.state.model)) this.history.keep(copy(this.state.model));
    remember(this.state);
    this.controls.show();
  }

  go(model) {
    this.change(copy(model));
    remember(this.state);
    this.drawAll();
  }

  ask(moved = null) {
    const { state } = this;
    const { name, ...layers } = state.model;
    const waves = ["rayleigh", "love"].filter((wave) => state.waves[wave]);
    this.number += 1;
    const branches = waves.flatMap((wave) => state.modes.map((mode) => ({ wave, mode })));
    const { quantity, parameter, per, mode } = state.kernel;
    const kernel = waves.length ? { quantity, parameter, per, branches: waves.map((wave) => ({ wave, mode })) } : null;
    const data = this.data && state.show.data ? this.data.data : null;
    const message = { ask: "curves", id: this.number, model: layers, periods: state.periods, branches, kernel, data };
    this.exact.ask({ message, moved, model: state.model, periods: state.periods, kernel: JSON.stringify(state.kernel) });
    if (this.net) {
      const asked = { ask: "learned", id: this.number, model: layers, periods: state.periods };
      this.net.ask({ message: asked, periods: state.periods });
    }
    this.controls.waiting();
  }

  take(answer, asked) {
    this.controls.arrived();
    if (answer.answer === "error") {
      this.controls.wrong(answer.message);
      document.body.classList.add("stale");
      return;
    }
    document.body.classList.remove("stale");
    this.controls.wrong(null);
    this.answer = { ...answer, model: asked.model, periods: asked.periods, kernel: asked.kernel };
    this.drawWaves();
    if (asked.moved !== null) this.time(asked.moved);
  }

  takeLearned(answer, asked) {
    if (answer.answer === "error") {
      this.learned = null;
      this.controls.told(answer.message);
      return;
    }
    this.learned = { ...answer, kind: this.start.surrogate.kind, periods: asked.periods };
    this.drop();
    drawCurves($("curves-plot"), this);
    drawReadOut($("read-out"), this);
  }

  time(moved) {
    const frame = { moved, drawn: performance.now(), shown: null };
    this.frames.push(frame);
    if (this.frames.length > MOST_FRAMES) this.frames.shift();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        frame.shown = performance.now();
      };
      channel.port2.postMessage(null);
    });
  }

  drawGround() {
    drawModel($("model-plot"), this);
  }

  // Answers belong to the model, periods and kernel that were asked for, which may be a frame behind the page's.
  drop() {
    const { state } = this;
    if (this.answer && this.answer.periods !== state.periods) this.answer = null;
    if (this.answer && this.answer.kernel !== JSON.stringify(state.kernel)) this.answer = { ...this.answer, kernels: [] };
    if (this.learned && this.learned.periods !== state.periods) this.learned = null;
  }

  drawWaves() {
    this.drop();
    const now = this.state.model;
    this.state.model = this.answer?.model ?? now;
    drawCurves($("curves-plot"), this);
    drawEllipticity($("ellipticity-plot"), this);
    drawKernels($("kernel-plot"), $("kernel-title"), this);
    for (const wave of ["rayleigh", "love"]) {
      const figure = $(`map-${wave}`);
      figure.hidden = !this.state.waves[wave];
      const lowest = wave === "love" || !this.state.waves.love;
      figure.classList.toggle("lowest", lowest);
      if (!figure.hidden) drawMap(figure, this, wave, lowest);
    }
    this.state.model = now;
    drawReadOut($("read-out"), this);
  }

  drawAll() {
    this.drawGround();
    this.drawWaves();
    this.controls.show();
  }
}

begin()
  .then((start) => {
    window.explorer = new Explorer(start);
  })
  .catch((error) => {
    $("notice").hidden = false;
    $("notice").textContent = `The page cannot begin: ${error.message}`;
  });
