// From numbers to places on the screen and back, and where the ticks are.

export function linear(low, high, from, to) {
  const slope = (to - from) / (high - low);
  return { low, high, from, to, at: (value) => from + (value - low) * slope, value: (place) => low + (place - from) / slope };
}

export function logarithmic(low, high, from, to) {
  const inner = linear(Math.log(low), Math.log(high), from, to);
  return { low, high, from, to, at: (value) => inner.at(Math.log(value)), value: (place) => Math.exp(inner.value(place)) };
}

// About `count` round numbers between low and high.
export function roundTicks(low, high, count = 5) {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i += 1) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

// 1, 2, 5 and their decades; more of them where the range is short.
export function logTicks(low, high) {
  for (const factors of [[1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(6));
        if (tick >= low * 0.9999 && tick <= high * 1.0001) ticks.push(tick);
      }
    if (ticks.length >= 3) return ticks;
  }
  return roundTicks(low, high, 4);
}

// Ticks of H/V on an axis of atan(H/V), between two angles.
export function ellipticityTicks(low, high) {
  const [least, most] = [Math.tan(Math.max(low, -1.5)), Math.tan(Math.min(high, 1.5))];
  if (high - low < 0.6) return roundTicks(least, most, 4);
  return [-10, -3, -1, -0.5, 0, 0.5, 1, 3, 10].filter((each) => Math.atan(each) >= low && Math.atan(each) <= high);
}

export function padded(values, share, least = 0) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values)
    if (value !== null && Number.isFinite(value)) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (low > high) return null;
  const pad = Math.max((high - low) * share, least, Math.abs(high) * 1e-3, 1e-9);
  return [low - pad, high + pad];
}
