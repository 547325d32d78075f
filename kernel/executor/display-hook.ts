import type { MimeBundle, Shown } from "../display/bundle.ts";
import { portableBundle } from "../display/bundle.ts";
import type { Display } from "../display/display.ts";
import { createDisplay } from "../display/display.ts";
import { send } from "#kernel/channel";
import { cellNow } from "#kernel/context";
import { setting } from "#kernel/host";
import type { Output } from "./protocol.ts";
import { flushStreams } from "./streams.ts";

interface HookOptions {
  readonly displayId?: string;
  readonly update?: boolean;
  readonly metadata?: MimeBundle;
}

let unfinished: Promise<void>[] = [];

/** What else a library may ask of where its cells run. */
interface HookParts {
  /** Draws an SVG as a PNG, where the library cannot by itself. */
  readonly drawSvg?: (svg: string, scale: number) => Promise<Uint8Array>;
  /** MIME types that are not wanted beside others: whoever needs them makes them. */
  readonly leaves?: readonly string[];
}

/**
 * Sets `globalThis[Symbol.for("Jupyter.hook")]`, by which libraries show output in the running cell. Its `wants` are
 * the MIME types beyond the usual that whoever runs the cells asked for (`JUPYTER_HOOK_WANTS`, joined by commas).
 */
export function installDisplayHook(parts: HookParts = {}): void {
  const display = (bundle: MimeBundle, options: HookOptions = {}): void =>
    emit({ type: "display", bundle: portableBundle(bundle), ...pick(options) });
  const clear = ({ wait = false } = {}): void => emit({ type: "clear", wait });
  const wants = (setting("JUPYTER_HOOK_WANTS") ?? "").split(",").filter((mime) => mime !== "");
  Object.defineProperty(globalThis, Symbol.for("Jupyter.hook"), {
    value: { display, clear, wants, later, ...parts },
  });
}

/** The cell ends no sooner than this work, which tells its errors itself. */
function later(work: Promise<void>): void {
  unfinished.push(work.catch(() => {}));
}

/** Gives libraries something more to ask for. */
export function offerToLibraries(parts: Readonly<Record<string, unknown>>): void {
  const hook = (globalThis as Record<symbol, object | undefined>)[Symbol.for("Jupyter.hook")];
  Object.assign(hook ?? {}, parts);
}

/** The `display` of the cells. */
export function cellDisplay(): Display {
  return createDisplay({
    show: ({ bundle, metadata }: Shown, { id, update }) =>
      emit({ type: "display", bundle, ...pick({ displayId: id, update, metadata }) }),
    clear: (wait) => emit({ type: "clear", wait }),
    later: (work) => void unfinished.push(work),
  });
}

/** Resolves when the values that answer later were shown; fails as the first of them does. */
export async function displaysDone(): Promise<void> {
  const works = unfinished;
  unfinished = [];
  await Promise.all(works);
}

function emit(output: Output): void {
  flushStreams();
  send({ type: "output", cell: cellNow(), output });
}

/** Without the options that were not given: a message has no empty fields. */
function pick(options: HookOptions): HookOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && name !== "wait"),
  );
}
