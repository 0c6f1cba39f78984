// Hands on the model: pointer, wheel and keys on the staircase, and on the period axis.

import { deepest, depthScale } from "./depth_axis.js";
import { count, tops, withInterface, withValue } from "./ground.js";
import { handleAt, modelScales } from "./model_plot.js";
import { MARGIN, nearest, periodScale } from "./period_axis.js";
import { room } from "./svg.js";

const placeIn = (svg, event) => {
  const corner = svg.getBoundingClientRect();
  return { x: event.clientX - corner.left, y: event.clientY - corner.top };
};
const LEAST = 1e-3; // km/s, g/cm3: what a value can be dragged down to

// `hands`: begin() at the first move, change(model, moved) at each, end() when let go, redraw().
export function dragModel(svg, view, hands) {
  let held = null;
  const { state } = view;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const handle = handleAt(svg, view, placeIn(svg, event));
    if (!handle) return;
    state.chosen = handle.kind === "interface" && state.chosen === handle.layer + 1 ? state.chosen : handle.layer;
    if (handle.kind !== "layer") {
      const place = placeIn(svg, event);
      const scales = modelScales(svg, view);
      const off = handle.kind === "value" ? scales.at(state.model[state.parameter][handle.layer]) - place.x : scales.y.at(tops(state.model)[handle.layer + 1]) - place.y;
      held = { ...handle, off, from: state.model };
      svg.setPointerCapture(event.pointerId);
      view.hot = handle;
      hands.begin();
    }
    hands.redraw();
  });

  svg.addEventListener("pointermove", (event) => {
    const place = placeIn(svg, event);
    if (!held) {
      const handle = handleAt(svg, view, place);
      const hot = handle && handle.kind !== "layer" ? handle : null;
      svg.dataset.hand = handle ? handle.kind : "none";
      if (JSON.stringify(hot) !== JSON.stringify(view.hot)) {
        view.hot = hot;
        hands.redraw();
      }
      return;
    }
    const scales = modelScales(svg, view);
    const least = deepest(view) * 2e-3;
    const next =
      held.kind === "value"
        ? withValue(held.from, held.layer, state.parameter, Number(Math.max(scales.value(place.x + held.off), LEAST).toPrecision(4)), state.keepRatio)
        : withInterface(held.from, held.layer, Number(scales.y.value(place.y + held.off).toPrecision(4)), least, event.shiftKey);
    hands.change(next, event.timeStamp);
  });

  const release = () => {
    if (!held) return;
    held = null;
    view.hot = null;
    hands.end();
  };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);
  svg.addEventListener("pointerleave", () => {
    if (held || !view.hot) return;
    view.hot = null;
    hands.redraw();
  });

  svg.addEventListener("keydown", (event) => {
    const { model, chosen } = state;
    if (event.ctrlKey || event.metaKey) return;
    const up = event.key === "ArrowUp";
    if ((up || event.key === "ArrowDown") && event.altKey) {
      if (chosen === count(model) - 1) return;
      const step = deepest(view) * (event.shiftKey ? 0.001 : 0.01) * (up ? -1 : 1);
      hands.set(withInterface(model, chosen, tops(model)[chosen + 1] + step, deepest(view) * 2e-3));
    } else if (up || event.key === "ArrowDown") {
      state.chosen = Math.min(count(model) - 1, Math.max(0, chosen + (up ? -1 : 1)));
      hands.redraw();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const share = (event.shiftKey ? 0.001 : 0.01) * (event.key === "ArrowLeft" ? -1 : 1);
      hands.set(withValue(model, chosen, state.parameter, model[state.parameter][chosen] * (1 + share), state.keepRatio));
    } else return;
    event.preventDefault();
  });
}

// Wheel over any depth axis: deeper or shallower; double click: all.
export function zoomDepth(element, view, redraw) {
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      view.state.depth = Math.min(6371, Math.max(1e-4, deepest(view) * 1.0015 ** event.deltaY));
      redraw();
    },
    { passive: false },
  );
  element.addEventListener("dblclick", () => {
    view.state.depth = null;
    view.forget("depth");
    redraw();
  });
}

// Pointing at kernels reads those of a layer.
export function pointAtLayer(svg, roomOf, view, redraw) {
  svg.addEventListener("pointermove", (event) => {
    const box = roomOf(svg);
    const depth = depthScale(view, box).value(placeIn(svg, event).y);
    const top = tops(view.state.model);
    const under = depth < 0 || depth > deepest(view) ? null : top.findLastIndex((each) => each <= depth);
    if (under === view.under) return;
    view.under = under;
    redraw();
  });
  svg.addEventListener("pointerleave", () => {
    view.under = null;
    redraw();
  });
}

// Pointing at a period reads it, a click keeps it.
export function choosePeriod(svg, view, redraw) {
  const at = (event) => nearest(view.state, periodScale(view.state, room(svg, MARGIN)), placeIn(svg, event).x);
  svg.classList.add("across");
  svg.addEventListener("pointermove", (event) => {
    const hovered = at(event);
    if (hovered === view.hovered) return;
    view.hovered = hovered;
    redraw();
  });
  svg.addEventListener("pointerleave", () => {
    view.hovered = null;
    redraw();
  });
  svg.addEventListener("click", (event) => {
    view.state.kept = at(event);
    redraw();
  });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const forward = view.state.units === "si" ? -step : step;
    view.state.kept = Math.min(view.state.periods.length - 1, Math.max(0, view.state.kept + forward));
    view.hovered = null;
    event.preventDefault();
    redraw();
  });
}
