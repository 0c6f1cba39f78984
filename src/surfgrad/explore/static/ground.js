// A model as columns of numbers, km, km/s, km/s, g/cm3, and what can be done to it. Every function returns a new model.

export const FIELDS = ["thickness", "vp", "vs", "rho"];

export const copy = (model) => ({ name: model.name, ...Object.fromEntries(FIELDS.map((field) => [field, [...model[field]]])) });
export const count = (model) => model.vs.length;

// Depth of the top of each layer.
export function tops(model) {
  const found = [0];
  for (let i = 0; i < count(model) - 1; i += 1) found.push(found[i] + model.thickness[i]);
  return found;
}

export const isWater = (model, i) => model.vs[i] === 0;

// Set one value; with `keepRatio` vp follows vs and the other way round.
export function withValue(model, i, field, value, keepRatio = false) {
  const next = copy(model);
  const before = next[field][i];
  next[field][i] = value;
  if (keepRatio && before > 0 && value > 0 && next.vs[i] > 0) {
    if (field === "vs") next.vp[i] *= value / before;
    if (field === "vp") next.vs[i] *= value / before;
  }
  return next;
}

// Move the bottom of layer i to a depth, kept `least` away from its neighbours; `along`: all that is below moves too.
export function withInterface(model, i, depth, least, along = false) {
  const next = copy(model);
  const top = tops(model)[i];
  const last = i === count(model) - 2;
  let wanted = Math.max(depth, top + least);
  if (!along && !last) {
    const below = top + next.thickness[i] + next.thickness[i + 1];
    wanted = Math.max(top + Math.min(least, (below - top) / 2), Math.min(wanted, below - least));
    next.thickness[i + 1] = below - wanted;
  }
  next.thickness[i] = wanted - top;
  return next;
}

function inserted(model, at, layer) {
  const next = copy(model);
  for (const field of FIELDS) next[field].splice(at, 0, layer[field]);
  return next;
}

const layerOf = (model, i) => Object.fromEntries(FIELDS.map((field) => [field, model[field][i]]));

// Two halves of a layer; of the half-space, a layer of `depth` km over what is left of it.
export function split(model, i, depth) {
  const last = i === count(model) - 1;
  const layer = layerOf(model, i);
  const thickness = last ? depth : layer.thickness / 2;
  const next = inserted(model, i, { ...layer, thickness });
  if (!last) next.thickness[i + 1] = layer.thickness - thickness;
  return next;
}

// A layer below layer i, halfway between it and the next one; below the half-space, a new half-space.
export function added(model, i, depth) {
  const upper = layerOf(model, i);
  if (i === count(model) - 1) return split(model, i, depth);
  const lower = layerOf(model, i + 1);
  const solid = upper.vs > 0 ? upper : lower;
  const middle = Object.fromEntries(["vp", "vs", "rho"].map((field) => [field, (solid[field] + lower[field]) / 2]));
  return inserted(model, i + 1, { ...middle, thickness: upper.thickness });
}

// Without layer i; the one above takes its room, or the one below where it was the first.
export function removed(model, i) {
  if (count(model) === 1) return model;
  const next = copy(model);
  const thickness = next.thickness[i];
  for (const field of FIELDS) next[field].splice(i, 1);
  const heir = i > 0 ? i - 1 : 0;
  if (i < count(model) - 1) next.thickness[heir] += thickness;
  next.thickness[count(next) - 1] = 0;
  return next;
}

export const same = (a, b) => FIELDS.every((field) => a[field].length === b[field].length && a[field].every((value, i) => value === b[field][i]));
