// All curves at one period as numbers; where there is none, its status, with the sentence behind it.

import { kinds, letter, shownBranches } from "./curves_plot.js";
import { escape } from "./svg.js";
import { shown, timeText, unitsOf } from "./units.js";

const SYMBOLS = { phase: "c", group: "U", ellipticity: "H/V" };

export function drawReadOut(element, view) {
  const { state, answer } = view;
  const i = view.hovered ?? state.kept;
  const { factor, velocity } = unitsOf(state);
  let found = `<span class="at">${escape(timeText(state, state.periods[i]))}</span>`;
  if (answer)
    for (const branch of shownBranches(state, answer)) {
      const parts = [];
      if (branch.phase.values[i] === null) parts.push(statusWord(state, branch.phase.status[i]));
      else
        for (const kind of [...kinds(state), ...(branch.ellipticity ? ["ellipticity"] : [])]) {
          const value = branch[kind].values[i];
          const number = value === null ? statusWord(state, branch[kind].status[i]) : shown(value * (kind === "ellipticity" ? 1 : factor));
          parts.push(`${SYMBOLS[kind]} ${number}`);
        }
      const status = branch.phase.status[i];
      if (status !== 0 && branch.phase.values[i] !== null) parts.push(statusWord(state, status));
      found += `<span class="${branch.wave}"><b>${letter(branch)}</b> ${parts.join(" · ")}</span>`;
    }
  if (view.learned && state.show.surrogate)
    for (const one of view.learned.waves)
      if (state.waves[one.wave]) found += `<span class="surrogate"><b>${one.wave === "rayleigh" ? "R" : "L"}0 net</b> ${shown(one.values[i] === null ? null : one.values[i] * factor)}${one.outside?.[i] ? " outside" : ""}</span>`;
  found += `<span class="unit">${escape(velocity)}</span>`;
  if (answer?.misfit && state.show.data) found += `<span class="misfit">${escape(misfitWords(view, answer.misfit))}</span>`;
  element.innerHTML = found;
}

function statusWord(state, code) {
  const { name, advice } = state.statuses[code];
  return `<span class="missing" title="${escape(advice)}">${escape(name)}</span>`;
}

export function misfitWords(view, misfit) {
  const { factor, velocity } = unitsOf(view.state);
  const parts = [];
  if (misfit.chi_square !== null) parts.push(`χ²/n ${shown(misfit.chi_square, 3)}`);
  if (misfit.rms_velocity !== null) parts.push(`rms ${shown(misfit.rms_velocity * factor, 3)} ${velocity}`);
  if (misfit.rms_ellipticity !== null) parts.push(`rms ${shown(misfit.rms_ellipticity, 3)} (H/V)`);
  parts.push(`${misfit.count} observed`);
  if (misfit.without_value) parts.push(`${misfit.without_value} without a mode`);
  return parts.join(" · ");
}
