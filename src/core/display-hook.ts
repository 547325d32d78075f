/** Output by MIME type, as Jupyter has it. `image/png` is base64 text. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** What a running kernel sets at `globalThis[Symbol.for("Jupyter.hook")]` so that libraries can show output. */
export interface DisplayHook {
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  /** MIME types beyond the usual that the one who runs the cells asks for. */
  readonly wants?: readonly string[];
}
