// How the engine's km, km/s, g/cm3 and s are shown.

const SYSTEMS = {
  km: { factor: 1, length: "km", velocity: "km/s", density: "g/cm³", time: "Period (s)" },
  si: { factor: 1000, length: "m", velocity: "m/s", density: "kg/m³", time: "Frequency (Hz)" },
};

export const unitsOf = (state) => SYSTEMS[state.units];
export const unitOf = (state, field) => {
  const units = unitsOf(state);
  return { thickness: units.length, rho: units.density }[field] ?? units.velocity;
};

// A number of `digits` significant digits, without an exponent where it can be.
export function shown(number, digits = 4) {
  if (number === null || !Number.isFinite(number)) return "–";
  if (number === 0) return "0";
  const size = Math.abs(number);
  if (size >= 1e5 || size < 1e-4) return number.toExponential(digits - 2).replace("e-", "e−").replace("e+", "e");
  return number.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))).replace("-", "−");
}

export const tick = (number) => {
  const size = Math.abs(number);
  const text = size !== 0 && (size >= 1e5 || size < 1e-3) ? number.toExponential().replace("e+", "e") : String(Number(number.toPrecision(6)));
  return text.replaceAll("-", "−");
};

// Where a period stands on the axis of the curves: its own value, or its frequency.
export const timeOf = (state, period) => (state.units === "si" ? 1 / period : period);
export const timeText = (state, period) => (state.units === "si" ? `${shown(1 / period, 3)} Hz` : `${shown(period, 3)} s`);

export const NAMES = { vs: "Vs", vp: "Vp", rho: "density", thickness: "thickness" };
const SYMBOLS = { phase: "c", group: "U", ellipticity: "H/V" };

// "∂c/∂Vs per km" and its unit.
export function kernelWords(state) {
  const { quantity, parameter, per } = state.kernel;
  const units = unitsOf(state);
  const [top, below] = [SYMBOLS[quantity], { vs: "Vs", vp: "Vp", rho: "ρ", thickness: "h" }[parameter]];
  if (per === "log") return { name: `∂ln ${top}/∂ln ${below}`, unit: "1" };
  const over = unitOf(state, parameter);
  const dense = per === "km" && parameter !== "thickness";
  if (quantity !== "ellipticity" && over === units.velocity)
    return { name: `∂${top}/∂${below}`, unit: dense ? `1/${units.length}` : "1" };
  const above = quantity === "ellipticity" ? "1" : units.velocity;
  const under = dense ? `(${over} ${units.length})` : over.includes("/") ? `(${over})` : over;
  return { name: `∂${top}/∂${below}`, unit: `${above}/${under}` };
}

// What a kernel in the engine's units is multiplied by to be shown.
export function kernelFactor(state) {
  const { quantity, parameter, per } = state.kernel;
  if (per === "log") return 1;
  const { factor } = unitsOf(state);
  const dense = per === "km" && parameter !== "thickness";
  return (quantity === "ellipticity" ? 1 / factor : 1) / (dense ? factor : 1);
}
