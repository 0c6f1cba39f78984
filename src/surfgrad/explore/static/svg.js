// Strings of SVG. Whatever text comes from a file goes through `escape`.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

export const px = (number) => (Math.round(number * 100) / 100).toString();

export function tag(name, attributes, content = "") {
  let text = `<${name}`;
  for (const key in attributes) if (attributes[key] !== null && attributes[key] !== undefined) text += ` ${key}="${escape(attributes[key])}"`;
  return `${text}>${content}</${name}>`;
}

export const line = (x1, y1, x2, y2, kind) => `<line class="${kind}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`;
export const rect = (x, y, width, height, kind, more = "") =>
  `<rect class="${kind}" x="${px(x)}" y="${px(y)}" width="${px(Math.max(0, width))}" height="${px(Math.max(0, height))}" ${more}/>`;
export const text = (x, y, content, kind = "", more = "") => `<text class="${kind}" x="${px(x)}" y="${px(y)}" ${more}>${escape(content)}</text>`;

// A path through points [x, y]; null lifts the pen.
export function path(points) {
  let text = "";
  let down = false;
  for (const point of points) {
    if (point === null) down = false;
    else {
      text += `${down ? "L" : "M"}${px(point[0])} ${px(point[1])}`;
      down = true;
    }
  }
  return text;
}

// Sizes are asked of the browser once and after they have changed: each question in the midst of drawing would make it
// lay out the page anew.
const sizes = new WeakMap();
let onResize = () => {};
const watcher = new ResizeObserver((entries) => {
  const changed = entries.filter(({ target }) => {
    const known = sizes.get(target);
    return known && (known.width !== target.clientWidth || known.height !== target.clientHeight);
  });
  for (const { target } of changed) sizes.delete(target);
  if (changed.length) onResize();
});
export function whenResized(redraw) {
  onResize = redraw;
}

function sizeOf(svg) {
  if (!sizes.has(svg)) {
    sizes.set(svg, { width: svg.clientWidth, height: svg.clientHeight });
    watcher.observe(svg);
  }
  return sizes.get(svg);
}

// The size of an element, and the rectangle inside its margins.
export function room(svg, margin) {
  const { width, height } = sizeOf(svg);
  return { width, height, left: margin.left, top: margin.top, right: width - margin.right, bottom: height - margin.bottom };
}

export const clip = (id, box) =>
  `<clipPath id="${id}"><rect x="${px(box.left)}" y="${px(box.top)}" width="${px(Math.max(0, box.right - box.left))}" height="${px(Math.max(0, box.bottom - box.top))}"/></clipPath>`;
