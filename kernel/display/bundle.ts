import { Buffer } from "node:buffer";
import { inspect } from "node:util";
import { frameBundle, isDataFrame } from "./data-frame.ts";
import { describeNumbers, isNumbers } from "./numbers.ts";

type MimeBundle = Record<string, unknown>;

const jupyterDisplay = Symbol.for("Jupyter.display");

/** How a value shows itself in a notebook, richest form included; undefined shows nothing. */
export async function toBundle(value: unknown): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  const own = await ownBundle(value);
  if (own !== undefined) return portableBundle(own);
  if (isDataFrame(value)) return frameBundle(value);
  return elementBundle(value) ?? { "text/plain": plainText(value) };
}

/** A bundle that can be written to a notebook: bytes become base64 text. */
export function portableBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle)
      .filter(([, data]) => data !== undefined)
      .map(([mime, data]) => [mime, data instanceof Uint8Array ? base64(data) : data]),
  );
}

function plainText(value: unknown): string {
  if (isNumbers(value)) return describeNumbers(value);
  return inspect(value, { depth: 4, maxArrayLength: 50, maxStringLength: 10_000, breakLength: 80 });
}

const methods: readonly (readonly [string, string])[] = [
  ["_repr_html_", "text/html"],
  ["_repr_svg_", "image/svg+xml"],
  ["_repr_png_", "image/png"],
  ["_repr_markdown_", "text/markdown"],
  ["_repr_latex_", "text/latex"],
];

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  const object = value as Record<string | symbol, unknown>;
  const display = object[jupyterDisplay];
  if (typeof display === "function") return (await display.call(value)) as MimeBundle;
  const found = methods.filter(([method]) => typeof object[method] === "function");
  if (found.length === 0) return undefined;
  const bundle: MimeBundle = { "text/plain": plainText(value) };
  for (const [method, mime] of found)
    bundle[mime] = await (object[method] as () => unknown).call(value);
  return bundle;
}

/** Elements of any document, real or not: what counts is that they can write themselves. */
function elementBundle(value: unknown): MimeBundle | undefined {
  if (typeof value !== "object" || value === null || !("outerHTML" in value)) return undefined;
  const { outerHTML, tagName } = value as { outerHTML: unknown; tagName?: unknown };
  if (typeof outerHTML !== "string") return undefined;
  const text = `<${typeof tagName === "string" ? tagName.toLowerCase() : "element"}>`;
  if (!/^<svg[\s>]/i.test(outerHTML)) return { "text/html": outerHTML, "text/plain": text };
  return { "image/svg+xml": standaloneSvg(outerHTML), "text/plain": text };
}

/** An SVG needs its namespace where it stands alone, as in an image. */
function standaloneSvg(svg: string): string {
  return /^<svg[^>]*\sxmlns=/i.test(svg)
    ? svg
    : svg.replace(/^<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
