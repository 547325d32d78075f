import { Buffer } from "node:buffer";
import { frameBundle, isDataFrame } from "./data-frame.ts";
import { imageType } from "./images.ts";
import { plainText } from "./plain-text.ts";

export type MimeBundle = Record<string, unknown>;

/** How a value shows itself: by MIME type, with what front ends should know of each type. */
export interface Shown {
  readonly bundle: MimeBundle;
  readonly metadata?: MimeBundle;
}

const jupyterDisplay = Symbol.for("Jupyter.display");

/**
 * How a value shows itself in a notebook, richest form included; undefined shows nothing. Only a value
 * whose own method answers later is shown later.
 */
export function show(value: unknown): Shown | undefined | Promise<Shown | undefined> {
  if (value === undefined) return undefined;
  const own = ownForm(value);
  if (own instanceof Promise) return own.then((form) => form ?? generalForm(value));
  return own ?? generalForm(value);
}

/** A bundle that can be written to a notebook: bytes become base64 text. */
export function portableBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle)
      .filter(([, data]) => data !== undefined)
      .map(([mime, data]) => [mime, data instanceof Uint8Array ? base64(data) : data]),
  );
}

const methods: readonly (readonly [string, string])[] = [
  ["_repr_html_", "text/html"],
  ["_repr_svg_", "image/svg+xml"],
  ["_repr_png_", "image/png"],
  ["_repr_jpeg_", "image/jpeg"],
  ["_repr_markdown_", "text/markdown"],
  ["_repr_latex_", "text/latex"],
  ["_repr_json_", "application/json"],
  ["_repr_javascript_", "application/javascript"],
];

/** What the value's own methods say, if it has any. */
function ownForm(value: unknown): Shown | undefined | Promise<Shown | undefined> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  const display = method(value, jupyterDisplay);
  if (display !== undefined) return settled(display(), (bundle) => formOf(bundle));
  const whole = method(value, "_repr_mimebundle_");
  if (whole !== undefined) return settled(whole(), (answer) => withText(value, answer));
  const found = methods.flatMap(([name, mime]) => {
    const call = method(value, name);
    return call === undefined ? [] : [{ mime, call }];
  });
  if (found.length === 0) return undefined;
  const answers = found.map(({ call }) => call());
  const join = (data: unknown[]): Shown =>
    withText(value, Object.fromEntries(found.map(({ mime }, i) => [mime, data[i] ?? undefined])));
  return answers.some(isThenable) ? Promise.all(answers).then(join) : join(answers);
}

/** The method of that name; a value that throws when it is looked at has none. */
function method(value: object, name: string | symbol): (() => unknown) | undefined {
  try {
    const found = (value as Record<string | symbol, unknown>)[name];
    return typeof found === "function" ? () => (found as () => unknown).call(value) : undefined;
  } catch {
    return undefined;
  }
}

function settled(
  answer: unknown,
  form: (answer: unknown) => Shown | undefined,
): Shown | undefined | Promise<Shown | undefined> {
  return isThenable(answer) ? Promise.resolve(answer).then(form) : form(answer);
}

function isThenable(value: unknown): boolean {
  return isRecord(value) && typeof value.then === "function";
}

/** A bundle, or a bundle with its metadata; anything else says nothing. */
function formOf(answer: unknown): Shown | undefined {
  if (Array.isArray(answer)) {
    const [bundle, metadata] = answer as [unknown, unknown];
    const form = formOf(bundle);
    return form === undefined || !isRecord(metadata) ? form : { ...form, metadata };
  }
  return isRecord(answer) ? { bundle: portableBundle(answer) } : undefined;
}

function withText(value: unknown, answer: unknown): Shown {
  const form = formOf(answer);
  return { ...form, bundle: { "text/plain": plainText(value), ...form?.bundle } };
}

function isRecord(value: unknown): value is MimeBundle {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What every value of a known kind looks like. */
function generalForm(value: unknown): Shown {
  try {
    if (isDataFrame(value)) return { bundle: frameBundle(value) };
    const bundle = imageBundle(value) ?? elementBundle(value) ?? canvasBundle(value);
    if (bundle !== undefined) return { bundle };
  } catch {
    // A value that throws when it is looked at still has a text.
  }
  return { bundle: { "text/plain": plainText(value) } };
}

function imageBundle(value: unknown): MimeBundle | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  const mime = imageType(value);
  if (mime === undefined) return undefined;
  return { [mime]: base64(value), "text/plain": `<${mime}, ${value.length} bytes>` };
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

/** A canvas of any library writes itself as a data address. */
function canvasBundle(value: unknown): MimeBundle | undefined {
  if (!isRecord(value) || typeof value.toDataURL !== "function") return undefined;
  const url = (value.toDataURL as () => unknown)();
  const data = /^data:image\/png;base64,(.*)$/s.exec(typeof url === "string" ? url : "")?.[1];
  return data === undefined ? undefined : { "image/png": data, "text/plain": "<canvas>" };
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
