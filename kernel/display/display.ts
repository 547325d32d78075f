import type { MimeBundle, Shown } from "./bundle.ts";
import { portableBundle, show } from "./bundle.ts";

/** Options of everything that shows something. */
export interface DisplayOptions {
  /** Names the output, so that it can be replaced later, also from another cell. */
  readonly id?: string;
  /** Replaces the output named `id` instead of adding one. */
  readonly update?: boolean;
  /** What front ends should know, by MIME type, for example `{ "image/png": { width: 400 } }`. */
  readonly metadata?: Record<string, unknown>;
}

/** Shows values and rich output below the cell. */
export interface Display {
  /**
   * Shows a value in its richest form.
   *
   * A value may have a method `[Symbol.for("Jupyter.display")]` or `_repr_html_` and the like; data frames are
   * tables, elements and figures are drawn, PNG and JPEG bytes are images.
   *
   * @example
   * display(frame, { id: "table" });
   * display.update("table", frame.head(3));
   */
  (value: unknown, options?: DisplayOptions): void;
  /** Replaces the output named `id` by another value. */
  update(id: string, value: unknown): void;
  /** Removes what the cell has shown so far; with `wait`, not before its next output comes. */
  clear(options?: { wait?: boolean }): void;
  /** Shows HTML. */
  html(html: string, options?: DisplayOptions): void;
  /** Shows an SVG image. */
  svg(svg: string, options?: DisplayOptions): void;
  /** Shows a PNG image: its bytes, or base64 text. */
  png(image: Uint8Array | string, options?: DisplayOptions): void;
  /** Shows a JPEG image: its bytes, or base64 text. */
  jpeg(image: Uint8Array | string, options?: DisplayOptions): void;
  /** Shows Markdown. */
  markdown(markdown: string, options?: DisplayOptions): void;
  /** Shows LaTeX, for example `$\\rho = 0.3$`. */
  latex(latex: string, options?: DisplayOptions): void;
  /** Shows a tree of JSON data. */
  json(data: unknown, options?: DisplayOptions): void;
  /** Runs JavaScript in the front end, where that is allowed. */
  javascript(code: string, options?: DisplayOptions): void;
  /** Shows plain text. */
  text(text: string, options?: DisplayOptions): void;
  /** Shows the same thing in several forms, by MIME type; the front end takes the richest it can. */
  bundle(bundle: Record<string, unknown>, options?: DisplayOptions): void;
}

/** Where output goes. */
export interface DisplaySink {
  show(shown: Shown, options: DisplayOptions): void;
  clear(wait: boolean): void;
  /** Told of a value whose own method answers later; the cell waits for it. */
  later(work: Promise<void>): void;
}

/** Makes the `display` of a notebook. */
export function createDisplay(sink: DisplaySink): Display {
  const bundle = (data: MimeBundle, options: DisplayOptions = {}): void => {
    if (options.update === true && options.id === undefined)
      throw new TypeError("display: `update` needs the `id` of the output to replace");
    sink.show({ bundle: portableBundle(data), metadata: options.metadata }, options);
  };
  const put = (shown: Shown | undefined, options: DisplayOptions): void => {
    const { bundle: data, metadata } = shown ?? { bundle: { "text/plain": "undefined" } };
    bundle(data, { ...options, metadata: options.metadata ?? metadata });
  };
  const display = (value: unknown, options: DisplayOptions = {}): void => {
    const shown = show(value);
    if (shown instanceof Promise) sink.later(shown.then((form) => put(form, options)));
    else put(shown, options);
  };
  const as =
    (mime: string, type: "text" | "image" = "text") =>
    (data: string | Uint8Array, options?: DisplayOptions): void =>
      bundle({ [mime]: checked(data, mime, type) }, options);
  return Object.assign(display, {
    update: (id: string, value: unknown) => display(value, { id, update: true }),
    clear: ({ wait = false }: { wait?: boolean } = {}) => sink.clear(wait),
    html: as("text/html"),
    svg: as("image/svg+xml"),
    png: as("image/png", "image"),
    jpeg: as("image/jpeg", "image"),
    markdown: as("text/markdown"),
    latex: as("text/latex"),
    json: (data: unknown, options?: DisplayOptions) =>
      bundle({ "application/json": data, "text/plain": JSON.stringify(data, null, 2) }, options),
    javascript: as("application/javascript"),
    text: as("text/plain"),
    bundle,
  });
}

/** A promise or an object shown as text would be a puzzle for the reader. */
function checked(data: unknown, mime: string, type: "text" | "image"): string | Uint8Array {
  if (typeof data === "string" || (type === "image" && data instanceof Uint8Array)) return data;
  const wanted = type === "image" ? "the bytes of the image, or base64 text" : "text";
  const found = data instanceof Promise ? "a promise; await it first" : typeof data;
  throw new TypeError(`display: ${mime} needs ${wanted}, and got ${found}`);
}
