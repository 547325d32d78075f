/** Where a process notes what a record of its work needs; the one who runs a notebook reads it at the end. */
const key = Symbol.for("tsrsa.runRecord");
const mostDraws = 1000;

/** A call that drew random numbers: what it was told, and how often it was called so. */
export interface RecordedDraw {
  readonly call: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly times: number;
}

/** A data set that was located. */
export interface RecordedSource {
  readonly name: string;
  readonly kind: "real" | "demo";
  readonly folder: string;
}

/** What a process read and drew. */
export interface RunNotes {
  readonly files: Set<string>;
  readonly draws: Map<string, RecordedDraw>;
  readonly sources: Map<string, RecordedSource>;
}

/** A file was opened for reading. */
export function noteFile(path: string): void {
  notes().files.add(path);
}

/** A data set was located. */
export function noteSource(source: RecordedSource): void {
  notes().sources.set(source.name, source);
}

/** Random numbers are drawn by a call with these options; of them what is plain is kept. */
export function noteDraw(call: string, options: object): void {
  const { draws } = notes();
  const plain = Object.fromEntries(Object.entries(options).filter(([, value]) => isPlain(value)));
  const name = JSON.stringify([call, plain]);
  const times = (draws.get(name)?.times ?? 0) + 1;
  if (times > 1 || draws.size < mostDraws) draws.set(name, { call, options: plain, times });
}

function isPlain(value: unknown): boolean {
  if (["string", "number", "boolean"].includes(typeof value)) return true;
  return Array.isArray(value) && value.length <= 20 && value.every(isPlain);
}

function notes(): RunNotes {
  const store = globalThis as Record<symbol, RunNotes | undefined>;
  return (store[key] ??= { files: new Set(), draws: new Map(), sources: new Map() });
}
