import { escapeHtml } from "./text.ts";
import { displayHook, type MimeBundle } from "./display.ts";
import type { JobOptions } from "./job.ts";

/** One live line that tells how far a job has come. */
export interface ProgressLine {
  /** Say how many of the total are done. The line is redrawn at most ten times a second. */
  update(done: number): void;
  /** Draw the line a last time. */
  finish(): void;
}

/** What a progress line counts. */
export type ProgressUnit = "steps" | "bytes";

const redrawMs = 100;
/** In a plain script short jobs stay silent. */
const silentMs = 400;
let lastId = 0;

/**
 * Show progress: in a notebook one line that updates itself, in a terminal one line, elsewhere a line every tenth.
 *
 * @param label - what is being done.
 * @param total - how many steps there are; `Infinity` when nobody knows.
 * @param unit - what is counted; bytes are shown as MB. Default: steps.
 *
 * @example
 * import { progress } from "tsrsa";
 * const line = progress("windows", 2);
 * line.update(1);
 * line.update(2);
 * line.finish();
 */
export function progress(label: string, total: number, unit: ProgressUnit = "steps"): ProgressLine {
  const startedMs = now();
  const draw = painter();
  let drawnMs = -Infinity;
  let done = 0;
  let finished = false;
  const redraw = (last: boolean): void => {
    drawnMs = now();
    draw({ label, done, total, unit, seconds: (drawnMs - startedMs) / 1000 }, last);
  };
  return {
    update: (count) => {
      done = count;
      if (now() - drawnMs >= redrawMs && done < total) redraw(false);
    },
    finish: () => {
      if (!finished) redraw(true);
      finished = true;
    },
  };
}

/** Reports to whatever a job's options say: a callback, nothing, or (by default) a live line. */
export function reporter(
  job: Pick<JobOptions, "onProgress">,
  label: string,
  total: number,
  unit: ProgressUnit = "steps",
): ProgressLine {
  const { onProgress } = job;
  if (onProgress === false) return { update: () => {}, finish: () => {} };
  if (onProgress === undefined || onProgress === true)
    return jobLine(progress(label, total, unit), total);
  let told = -1;
  const tell = (done: number): void => {
    if (done !== told) onProgress({ done, total });
    told = done;
  };
  return { update: tell, finish: () => {} };
}

/** A job that is finished has done all, whenever it told last. */
function jobLine(line: ProgressLine, total: number): ProgressLine {
  const finish = (): void => {
    if (Number.isFinite(total)) line.update(total);
    line.finish();
  };
  return { update: (done) => line.update(done), finish };
}

interface State {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly unit: ProgressUnit;
  readonly seconds: number;
}

type Painter = (state: State, last: boolean) => void;

function painter(): Painter {
  const hook = displayHook();
  if (hook !== undefined) return notebookPainter();
  return stderr()?.isTTY === true ? terminalPainter() : plainPainter();
}

function notebookPainter(): Painter {
  const displayId = `progress-${++lastId}`;
  let drawn = false;
  return (state) => {
    displayHook()?.display(bundleOf(state), { displayId, update: drawn });
    drawn = true;
  };
}

function terminalPainter(): Painter {
  return (state, last) => {
    if (state.seconds * 1000 < silentMs) return;
    stderr()?.write(`\r\u001b[K${textOf(state)}${last ? "\n" : ""}`);
  };
}

function plainPainter(): Painter {
  let tenth = 0;
  return (state, last) => {
    const reached = Math.floor((10 * state.done) / state.total);
    if (state.seconds * 1000 < silentMs || (reached <= tenth && !(last && tenth > 0))) return;
    tenth = reached;
    console.error(textOf(state));
  };
}

function bundleOf(state: State): MimeBundle {
  const { done, total } = state;
  const text = textOf(state);
  return {
    "text/html": `<progress ${Number.isFinite(total) ? `value="${done}" max="${total}"` : ""}></progress> ${escapeHtml(text)}`,
    "text/plain": text,
  };
}

function textOf({ label, done, total, unit, seconds }: State): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const speed = done === 0 ? "" : ` · ${speedText(rate, unit)}`;
  const left =
    done === 0 || done >= total || !Number.isFinite(total)
      ? ""
      : ` · ${Math.ceil((total - done) / rate)} s left`;
  const took = done >= total ? ` · ${seconds.toFixed(1)} s` : "";
  const of = Number.isFinite(total) ? `/${amount(total, unit)}` : "";
  return `${label}: ${amount(done, unit)}${of}${speed}${left}${took}`;
}

/** Steps a second, or seconds a step where they are slow. */
function speedText(rate: number, unit: ProgressUnit): string {
  if (unit === "steps" && rate > 0 && rate < 0.5) return `${(1 / rate).toFixed(1)} s each`;
  return `${amount(rate, unit, 1)}/s`;
}

/** A count in words: steps as they are (a rate below 10 with a digit more), bytes as MB. */
function amount(value: number, unit: ProgressUnit, digits = 0): string {
  if (unit === "bytes") return `${(value / 1e6).toFixed(value < 1e8 ? 1 : 0)} MB`;
  return value >= 10 || digits === 0 ? value.toFixed(0) : value.toFixed(digits);
}

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

function stderr(): Terminal | undefined {
  return (globalThis as { process?: { stderr?: Terminal } }).process?.stderr;
}

function now(): number {
  return performance.now();
}
