// Buttons, fields and words around the plots.

import { openDialog, saveDialog } from "./files.js";
import { FIELDS, added, copy, count, isWater, removed, split, withValue } from "./ground.js";
import { deepest } from "./depth_axis.js";
import { MODES, geometric, remember, spanOf } from "./state.js";
import { shown, unitOf, unitsOf } from "./units.js";

const $ = (id) => document.getElementById(id);
const SLOW = 400; // ms after which it is said that something is under way

export class Controls {
  constructor(page) {
    this.page = page;
    this.timer = null;
    this.fill();
    this.listenSwitches();
    this.listenLayer();
    this.listenFiles();
    this.listenKeys();
  }

  get state() {
    return this.page.state;
  }

  fill() {
    const { start } = this.page;
    $("modes").replaceChildren(
      ...MODES.map((mode) => {
        const label = document.createElement("label");
        label.className = "chip";
        label.innerHTML = `<input type="checkbox" id="mode-${mode}"> ${mode}`;
        return label;
      }),
    );
    $("kernel-mode").replaceChildren(...MODES.map((mode) => new Option(`mode ${mode}`, mode)));
    start.starting_points.forEach((point, i) => $("starting-points").append(new Option(point.model.name, i)));
    $("surrogate-box").hidden = !start.surrogate;
    if (start.surrogate) {
      $("surrogate-name").textContent = start.surrogate.name;
      $("surrogate-box").title = start.surrogate.note;
    }
    $("help-statuses").replaceChildren(
      ...Object.values(start.statuses)
        .filter((each) => each.name !== "OK" && each.name !== "INVALID_MODEL")
        .map((each) => Object.assign(document.createElement("li"), { textContent: `${each.name}: ${each.advice}` })),
    );
  }

  // State to page.
  show() {
    const { state, page } = this;
    const { model, chosen } = state;
    for (const wave of ["rayleigh", "love"]) $(`wave-${wave}`).checked = state.waves[wave];
    for (const mode of MODES) $(`mode-${mode}`).checked = state.modes.includes(mode);
    for (const each of ["phase", "group", "surrogate", "data"]) $(`show-${each}`).checked = state.show[each];
    for (const each of ["quantity", "parameter", "per", "mode"]) $(`kernel-${each}`).value = state.kernel[each];
    $("data-box").hidden = !page.data;
    $("data-name").textContent = page.data ? page.data.name : "";
    $("units").value = state.units;
    $("undo").disabled = !page.history.canUndo;
    $("redo").disabled = !page.history.canRedo;
    $("pin").checked = page.pinned !== null;
    $("keep-ratio").checked = state.keepRatio;
    for (const tab of document.querySelectorAll("[data-parameter]")) tab.setAttribute("aria-pressed", tab.dataset.parameter === state.parameter);
    if (document.activeElement !== $("name")) $("name").value = model.name;
    this.showSpan();
    const last = chosen === count(model) - 1;
    $("layer-name").textContent = last ? "Half-space" : `Layer ${chosen + 1} of ${count(model)}${isWater(model, chosen) ? " (water)" : ""}`;
    for (const each of document.querySelectorAll("[data-unit]")) each.textContent = unitsOf(state)[each.dataset.unit];
    for (const field of FIELDS) {
      const input = $(`field-${field}`);
      input.disabled = field === "thickness" && last;
      if (document.activeElement === input) continue;
      input.value = input.disabled ? "" : Number((model[field][chosen] * unitsOf(state).factor).toPrecision(6));
      input.classList.remove("bad");
    }
    $("remove").disabled = count(model) === 1;
    $("model-plot").setAttribute("aria-valuetext", this.layerWords());
  }

  showSpan() {
    const { span, units } = this.state;
    const [low, high] = units === "si" ? [1 / span.high, 1 / span.low] : [span.low, span.high];
    const values = { low: Number(low.toPrecision(4)), high: Number(high.toPrecision(4)), count: span.count };
    for (const each in values) if (document.activeElement !== $(`span-${each}`)) $(`span-${each}`).value = values[each];
    $("span-legend").textContent = units === "si" ? "Frequencies (Hz)" : "Periods (s)";
  }

  layerWords() {
    const { model, chosen, parameter } = this.state;
    return `layer ${chosen + 1}: ${parameter} ${shown(model[parameter][chosen] * unitsOf(this.state).factor)} ${unitOf(this.state, parameter)}`;
  }

  again() {
    remember(this.state);
    this.page.ask();
    this.page.drawAll();
  }

  listenSwitches() {
    const { page } = this;
    const state = () => this.state;
    const on = (id, act) => $(id).addEventListener("change", (event) => (act(event.target), this.again()));
    for (const wave of ["rayleigh", "love"]) on(`wave-${wave}`, (box) => (state().waves[wave] = box.checked));
    for (const mode of MODES)
      on(`mode-${mode}`, (box) => {
        state().modes = MODES.filter((each) => (each === mode ? box.checked : state().modes.includes(each)));
      });
    for (const each of ["phase", "group", "surrogate", "data"]) on(`show-${each}`, (box) => (state().show[each] = box.checked));
    for (const each of ["quantity", "parameter", "per"]) on(`kernel-${each}`, (choice) => (state().kernel = { ...state().kernel, [each]: choice.value }));
    on("kernel-mode", (choice) => (state().kernel = { ...state().kernel, mode: Number(choice.value) }));
    on("keep-ratio", (box) => (state().keepRatio = box.checked));
    on("units", (choice) => (state().units = choice.value));
    $("pin").addEventListener("change", (event) => page.pin(event.target.checked));
    for (const tab of document.querySelectorAll("[data-parameter]"))
      tab.addEventListener("click", () => {
        state().parameter = tab.dataset.parameter;
        this.again();
      });
    for (const each of ["low", "high", "count"]) $(`span-${each}`).addEventListener("change", () => this.takeSpan());
    $("starting-points").addEventListener("change", (event) => {
      const point = page.start.starting_points[event.target.value];
      event.target.value = "";
      if (!point) return;
      state().units = point.units;
      this.setSpan(...point.periods);
      this.replace(point.model);
    });
  }

  takeSpan() {
    const [low, high, number] = ["low", "high", "count"].map((each) => Number($(`span-${each}`).value));
    const fine = low > 0 && high > low && Number.isInteger(number) && number >= 2 && number <= 400;
    for (const each of ["low", "high", "count"]) $(`span-${each}`).classList.toggle("bad", !fine);
    if (!fine) return;
    this.state.span.count = number;
    this.setSpan(...(this.state.units === "si" ? [1 / high, 1 / low] : [low, high]));
    this.again();
  }

  setSpan(low, high) {
    const { state } = this;
    const share = state.kept / (state.periods.length - 1);
    state.span = { ...state.span, low, high };
    state.periods = geometric(low, high, state.span.count);
    state.kept = Math.round(share * (state.span.count - 1));
    this.page.hovered = null;
    this.page.pin(false);
  }

  replace(model) {
    const { page, state } = this;
    state.depth = null;
    state.chosen = 0;
    page.ranges.clear();
    page.pinned = page.ghost = null;
    page.set(copy(model));
  }

  listenLayer() {
    const { page } = this;
    const state = () => this.state;
    const depth = () => deepest(page) / 4;
    const step = (by) => {
      state().chosen = Math.min(count(state().model) - 1, Math.max(0, state().chosen + by));
      page.drawAll();
    };
    $("layer-up").onclick = () => step(-1);
    $("layer-down").onclick = () => step(1);
    $("split").onclick = () => page.set(split(state().model, state().chosen, depth()));
    $("add").onclick = () => {
      const next = added(state().model, state().chosen, depth());
      state().chosen += 1;
      page.set(next);
    };
    $("remove").onclick = () => page.set(removed(state().model, state().chosen));
    $("undo").onclick = () => page.go(page.history.undo());
    $("redo").onclick = () => page.go(page.history.redo());
    for (const field of FIELDS)
      $(`field-${field}`).addEventListener("change", (event) => {
        const value = Number(event.target.value) / unitsOf(state()).factor;
        const fine = event.target.value.trim() !== "" && Number.isFinite(value);
        event.target.classList.toggle("bad", !fine);
        if (fine) page.set(withValue(state().model, state().chosen, field, value, state().keepRatio && field !== "thickness" && field !== "rho"));
      });
    $("name").addEventListener("change", (event) => {
      state().model = { ...state().model, name: event.target.value };
      remember(state());
    });
  }

  listenFiles() {
    const { page } = this;
    const { formats } = page.start;
    const layers = () => {
      const { name, ...columns } = this.state.model;
      return { model: columns, name };
    };
    $("open-model").onclick = () =>
      openDialog("model", this.state.units, (model) => {
        this.replace(model);
        this.told(`opened ${model.name}: ${model.vs.length} layers`);
      });
    $("open-curves").onclick = () =>
      openDialog("curves", this.state.units, (data) => {
        page.data = data;
        this.state.show.data = true;
        page.ranges.clear();
        this.setSpan(...spanOf(data));
        this.again();
        this.told(`opened ${data.name}: ${data.value.length} observations`);
      });
    $("save-model").onclick = () => saveDialog("model", formats.model, this.state.units, "The file goes where the browser puts downloads.", layers, (words) => this.told(words));
    $("save-curves").onclick = () => {
      const { state } = this;
      const kinds = [...["phase", "group"].filter((kind) => state.show[kind]), ...(state.waves.rayleigh ? ["ellipticity"] : [])];
      const branches = ["rayleigh", "love"].filter((wave) => state.waves[wave]).flatMap((wave) => state.modes.map((mode) => ({ wave, mode })));
      const fit = (format) => (format === "csv" ? kinds : kinds.filter((kind) => kind !== "ellipticity"));
      const hint = "Exact values at the periods of the plots. SURF96 needs a standard deviation; only a CSV holds ellipticities.";
      const asked = () => {
        const sigma = Number($("save-sigma").value) || null;
        return { ...layers(), periods: state.periods, branches, kinds: fit($("save-format").value), sigma };
      };
      saveDialog("curves", formats.curves, state.units, hint, asked, (words) => this.told(words));
    };
    $("help").onclick = () => $("help-dialog").showModal();
  }

  listenKeys() {
    window.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), select, dialog");
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !typing && (key === "z" || key === "y")) {
        (key === "y" || event.shiftKey ? $("redo") : $("undo")).click();
        event.preventDefault();
      } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const button = { s: "split", a: "add", delete: "remove", backspace: "remove", "?": "help" }[key];
        if (!button) return;
        $(button).click();
        event.preventDefault();
      }
    });
  }

  waiting() {
    this.timer ??= setTimeout(() => {
      $("link-state").textContent = "solving … (the first time the engine is compiled, some seconds)";
    }, SLOW);
  }

  arrived() {
    clearTimeout(this.timer);
    this.timer = null;
    $("link-state").textContent = "exact engine, flat Earth";
  }

  linked(up) {
    $("link-state").classList.toggle("down", !up);
    if (!up) $("link-state").textContent = "the server has stopped: run surfgrad explore again (its page has a new address)";
  }

  told(words) {
    $("told").textContent = words;
  }

  wrong(words) {
    $("notice").hidden = words === null;
    $("notice").textContent = words === null ? "" : `No curves of this model: ${words}. The ones shown in pale are those of the last valid model.`;
  }
}
