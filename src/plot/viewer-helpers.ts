/** What viewers begin with in a browser: `unpack` of packed numbers of their scene to an ArrayBuffer. Text, as they are. */
export const unpackHelper = `const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
};`;

/** The same: `element` with a style and attributes, and `short`, a number of three digits. */
export const elementHelpers = `const element = (tag, style, attributes = {}) => {
  const made = document.createElement(tag);
  made.style.cssText = style;
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return made;
};
const short = (value) => String(Number(value.toPrecision(3))).replace("-", "\\u2212");`;
