import { tslabHook } from "./tslab-hook.ts";

/** Output by MIME type, as Jupyter has it. `image/png` is base64 text. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A value with this method shows itself in a notebook. The name is the one other kernels know too. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value that shows itself. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
}

/** What a running kernel sets at `globalThis[Symbol.for("Jupyter.hook")]` so that libraries can show output. */
export interface DisplayHook {
  display(bundle: MimeBundle, options?: { displayId?: string; update?: boolean }): void;
  /** MIME types beyond the usual that the one who runs the cells asks for. */
  readonly wants?: readonly string[];
}

/** The hook of the running kernel, stock tslab's `display` included; undefined in a plain script. */
export function displayHook(): DisplayHook | undefined {
  const hooks = globalThis as Record<symbol, DisplayHook | undefined>;
  return hooks[Symbol.for("Jupyter.hook")] ?? tslabHook();
}

/** The MIME bundle of any value: its own, or its text. */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  if (isDisplayable(value)) return value[jupyterDisplay]();
  return {
    "text/plain": typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)),
  };
}

/**
 * Show a value: in a notebook by its richest form, in a plain script as text.
 *
 * @example
 * import { display, Table } from "tsrsa";
 * await display(new Table({ word: ["dog", "cat"] }));
 */
export async function display(value: unknown): Promise<void> {
  const bundle = await toMimeBundle(value);
  const hook = displayHook();
  if (hook !== undefined) hook.display(bundle);
  else console.log(String(bundle["text/plain"] ?? value));
}

export function isDisplayable(value: unknown): value is Displayable {
  return typeof value === "object" && value !== null && jupyterDisplay in value;
}
