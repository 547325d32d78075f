import type { DisplayHook, HookWidget, MimeBundle } from "./display-hook.ts";
import { tslabHook } from "./tslab-hook.ts";
import { shownText } from "./shown-text.ts";

export type { DisplayHook, HookWidget, MimeBundle };

/** A value with this method shows itself in a notebook. The name is the one other kernels know too. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value that shows itself. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
}

/** The hook of the running kernel, stock tslab's `display` included; undefined in a plain script. */
export function displayHook(): DisplayHook | undefined {
  const hooks = globalThis as Record<symbol, DisplayHook | undefined>;
  return hooks[Symbol.for("Jupyter.hook")] ?? tslabHook();
}

/** The MIME bundle of any value: its own, or its text. */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  if (isDisplayable(value)) return value[jupyterDisplay]();
  return { "text/plain": shownText(value) };
}

/**
 * Show a value: in a notebook by its richest form, in a plain script as text. A cell waits for what it shows, whether or
 * not this is awaited.
 *
 * @example
 * import { display, Table } from "tsrsa";
 * await display(new Table({ word: ["dog", "cat"] }));
 */
export function display(value: unknown): Promise<void> {
  const shown = show(value);
  displayHook()?.later?.(shown);
  return shown;
}

async function show(value: unknown): Promise<void> {
  const bundle = await toMimeBundle(value);
  const hook = displayHook();
  if (hook !== undefined) hook.display(bundle);
  else console.log(shownText(bundle["text/plain"] ?? value));
}

export function isDisplayable(value: unknown): value is Displayable {
  return typeof value === "object" && value !== null && jupyterDisplay in value;
}
