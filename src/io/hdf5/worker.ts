import { startThread } from "#platform/threads";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import type { Thread } from "../../core/thread.ts";
import { workerScript } from "./worker-script.ts";

/** How long one call of HDF5 may take before the file is given up: less for a small file, which is no work. */
const mostPatienceMs = 60_000;
const leastPatienceMs = 3_000;
/** A disk or network slower than this is not waited for. */
const leastBytesPerMs = 1_000;

function patienceFor(fileBytes: number): number {
  return Math.min(mostPatienceMs, leastPatienceMs + fileBytes / leastBytesPerMs);
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly message: string;
    readonly fatal: boolean;
    readonly refused: readonly string[];
  };
}

/**
 * HDF5 at work on one file, in a thread of its own: a file that makes it abort or never return costs an error, not the
 * process. The thread waits a while for a next file, unless something went wrong in it.
 */
export class Hdf5Worker {
  readonly #name: string;
  readonly #patience: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #thread: SharedThread;
  /** Nothing went wrong, so that the thread may serve another file. */
  #healthy = true;
  /** Nothing more can be asked of the thread. */
  #dead = false;
  #nextId = 0;

  /** `fileBytes`: how long the file is that will be read; what is written has no size yet. */
  constructor(name: string, fileBytes = Infinity) {
    this.#name = name;
    this.#patience = patienceFor(fileBytes);
    this.#thread = takeThread();
    this.#thread.onMessage = (message) => this.#receive(message as Answer);
    this.#thread.onDeath = (cause) => {
      this.#dead = true;
      this.#healthy = false;
      this.#fail(cause);
    };
  }

  /** Throws `FileFormatError` when HDF5 fails on `field`, `Unsupported` when the file refers to another one. */
  async call(operation: string, field: string, args: object = {}): Promise<unknown> {
    if (this.#dead && operation === "close") return undefined;
    if (this.#dead) throw damaged(this.#name, field, "a part that made HDF5 crash or hang before");
    this.#thread.thread.hold(true);
    try {
      return await new Promise((resolve, reject) => this.#send(operation, args, resolve, reject));
    } catch (cause) {
      this.#healthy = false;
      throw this.#explain(cause, field);
    } finally {
      if (this.#waiting.size === 0) this.#thread.thread.hold(false);
    }
  }

  /** Let the thread go; it waits for a next file if it is in order. */
  release(): void {
    this.#fail(new Error("the file was closed"));
    if (this.#healthy) park(this.#thread);
    else this.#thread.thread.stop();
  }

  #send(
    operation: string,
    args: object,
    resolve: (value: unknown) => void,
    reject: (cause: unknown) => void,
  ): void {
    const id = this.#nextId++;
    const patience = operation === "ready" ? mostPatienceMs : this.#patience;
    const timer = setTimeout(() => this.#giveUp(patience), patience);
    this.#waiting.set(id, { resolve, reject, timer });
    this.#thread.thread.post({ id, operation, args });
  }

  #receive({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error === undefined) waiting.resolve(value);
    else {
      this.#dead ||= error.fatal;
      waiting.reject(new Hdf5Failure(error.message, error.refused));
    }
  }

  #giveUp(patience: number): void {
    this.#dead = true;
    this.#thread.thread.stop();
    this.#fail(new Error(`it did not come to an end in ${Math.round(patience / 1000)} s`));
  }

  #fail(cause: unknown): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(cause);
    }
    this.#waiting.clear();
  }

  #explain(cause: unknown, field: string): Error {
    if (cause instanceof Hdf5Failure && cause.refused.length > 0)
      return otherFile(this.#name, field, cause.refused[0]);
    const message = cause instanceof Error ? cause.message : String(cause);
    return damaged(this.#name, field, reasonOf(message), cause);
  }
}

/** A file that takes its data from another one: it could name any file of this machine. */
export function otherFile(name: string, field: string, other: string): Unsupported {
  return new Unsupported(
    `${name}: ${field} takes its data from another file (${JSON.stringify(other)})`,
    "such links are not followed; copy the data into one file, for example with h5repack",
  );
}

function damaged(name: string, field: string, found: string, cause?: unknown): FileFormatError {
  return new FileFormatError(name, field, "data that HDF5 can read", found, { cause });
}

/** What HDF5 itself answered. */
class Hdf5Failure extends Error {
  constructor(
    message: string,
    readonly refused: readonly string[],
  ) {
    super(message);
  }
}

/** The innermost cause in a trace of HDF5's error stack: its last "#00n: … : what" line. */
function reasonOf(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const causes = lines.flatMap((line) => /^#\d+: .*?: (.+)$/.exec(line)?.[1] ?? []);
  return causes.at(-1) ?? lines[0].slice(0, 200);
}

/** A thread that passes from file to file. */
interface SharedThread {
  readonly thread: Thread;
  onMessage: (message: unknown) => void;
  onDeath: (cause: Error) => void;
}

/** How long a thread in order waits for a next file. */
const parkedMs = 5_000;

let parked: SharedThread | undefined;
let parkedTimer: ReturnType<typeof setTimeout> | undefined;

function takeThread(): SharedThread {
  clearTimeout(parkedTimer);
  const found = parked ?? newThread();
  parked = undefined;
  return found;
}

function newThread(): SharedThread {
  const shared: Omit<SharedThread, "thread"> = { onMessage: () => {}, onDeath: () => {} };
  const thread = startThread(workerScript(), {
    onMessage: (message) => shared.onMessage(message),
    onDeath: (cause) => {
      if (parked?.thread === thread) parked = undefined;
      shared.onDeath(cause);
    },
  });
  return Object.assign(shared, { thread });
}

function park(shared: SharedThread): void {
  shared.onMessage = () => {};
  shared.onDeath = () => {};
  if (parked !== undefined) {
    shared.thread.stop();
    return;
  }
  parked = shared;
  parkedTimer = setTimeout(() => {
    parked = undefined;
    shared.thread.stop();
  }, parkedMs);
  // In Node the timer alone must not keep the process alive.
  if (typeof parkedTimer === "object" && "unref" in parkedTimer) parkedTimer.unref();
}
