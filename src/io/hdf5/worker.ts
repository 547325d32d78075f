import { hdf5Advice } from "#platform/hdf5";
import { startThread } from "#platform/threads";
import { FileFormatError, InvalidArgument, Unsupported } from "../../core/errors.ts";
import type { Thread } from "../../core/thread.ts";
import { Patience, patienceFor } from "./patience.ts";
import type { PartWanted, RemoteFile } from "./remote-file.ts";
import { workerScript } from "./worker-script.ts";

/** A call may read its file so often, and once more for each so many bytes of it: more is a ring. */
const leastReads = 100_000;
const bytesPerRead = 16;
/** Memory that HDF5 may take for itself: its code, caches, what it is told of a file. */
const ownBytes = 192 * 2 ** 20;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly message: string;
    readonly fatal: boolean;
    /** Memory that HDF5 asked for and did not get; 0 when it had enough. */
    readonly wantedBytes: number;
    /** False when HDF5 itself could not be loaded. */
    readonly started: boolean;
    readonly refused: readonly string[];
  };
}

/** What is asked of a file after it was closed. */
export function closedFile(name: string): InvalidArgument {
  return new InvalidArgument("file", name, "it was closed; open it again to read more");
}

/**
 * HDF5 at work on one file, in a thread of its own: a file that makes it abort or never return costs an error, not the
 * process. The thread waits a while for a next file, unless something went wrong in it.
 */
export class Hdf5Worker {
  readonly #name: string;
  readonly #patience: Patience;
  readonly #patienceMs: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #thread: SharedThread;
  /** Nothing went wrong, so that the thread may serve another file. */
  #healthy = true;
  /** Nothing more can be asked of the thread. */
  #dead = false;
  /** The thread may be at another file already. */
  #released = false;
  readonly #mostReads: number;
  #mostBytes: number;
  #nextId = 0;
  #remote: RemoteFile | undefined;

  /** `fileBytes`: how long the file is that will be read; what is written has no size yet. */
  constructor(name: string, fileBytes = Infinity) {
    this.#name = name;
    this.#patienceMs = patienceFor(fileBytes);
    this.#mostReads = leastReads + fileBytes / bytesPerRead;
    this.#mostBytes = ownBytes + fileBytes;
    this.#thread = takeThread();
    this.#patience = new Patience(this.#thread.reads, (spentMs) => this.#giveUp(spentMs));
    this.#thread.onMessage = (message) => this.#receive(message as Answer | PartWanted);
    this.#thread.onDeath = (cause) => {
      this.#dead = true;
      this.#healthy = false;
      // A thread that never answered has seen no file.
      this.#fail(this.#thread.answered ? cause : new NotStarted(cause.message));
    };
  }

  /** Throws `FileFormatError` when HDF5 fails on `field`, `Unsupported` when the file refers to another one. */
  async call(operation: string, field: string, args: object = {}): Promise<unknown> {
    if (this.#released) throw closedFile(this.#name);
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

  /** Let HDF5 have so much memory beside its own for what is asked next. */
  allow(bytes: number): void {
    this.#mostBytes = Math.max(this.#mostBytes, ownBytes + bytes);
  }

  /** Let the thread go; it waits for a next file if it is in order. */
  release(): void {
    this.#released = true;
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
    this.#waiting.set(id, { resolve, reject });
    this.#patience.start(operation === "ready" ? patienceFor(Infinity) : this.#patienceMs);
    this.#thread.thread.post({
      id,
      operation,
      args,
      mostReads: this.#mostReads,
      mostBytes: this.#mostBytes,
    });
  }

  /** Have the parts that HDF5 asks for read from a source, which is not on this disk. */
  serve(remote: RemoteFile): void {
    this.#remote = remote;
  }

  #receive(message: Answer | PartWanted): void {
    if ("part" in message) return void this.#remote?.give(message.part);
    const { id, value, error } = message;
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    this.#thread.answered ||= error?.started !== false;
    this.#patience.answered();
    if (this.#waiting.size === 0) this.#patience.stop();
    if (error === undefined) waiting.resolve(value);
    else {
      this.#dead ||= error.fatal;
      if (error.wantedBytes > 0) return waiting.reject(new NoRoom(error.wantedBytes));
      waiting.reject(
        error.started
          ? new Hdf5Failure(error.message, error.refused)
          : new NotStarted(error.message),
      );
    }
  }

  #giveUp(spentMs: number): void {
    this.#dead = true;
    this.#thread.thread.stop();
    this.#fail(new OutOfPatience(`no end after ${Math.round(spentMs / 1000)} s of processor time`));
  }

  #fail(cause: unknown): void {
    this.#patience.stop();
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }

  #explain(cause: unknown, field: string): Error {
    if (this.#remote?.failure !== undefined) return this.#remote.failure;
    if (cause instanceof Hdf5Failure && cause.refused.length > 0)
      return otherFile(this.#name, field, cause.refused[0]);
    const message = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof NoRoom) return tooLarge(this.#name, field, this.#mostBytes, cause);
    if (cause instanceof NotStarted) return notStarted(this.#name, message, cause);
    if (cause instanceof OutOfPatience) return tooSlow(this.#name, field, message, cause);
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

/** Time is no proof of damage, and the message says so. */
function tooSlow(name: string, field: string, found: string, cause: unknown): FileFormatError {
  return new FileFormatError(name, field, "an answer of HDF5", found, {
    cause,
    advice:
      "it was given up for the time it takes: the file goes round in a ring, or is too much for this machine; write it again, for example with h5repack",
  });
}

/** A small file that has HDF5 take all memory there is. */
function tooLarge(name: string, field: string, most: number, cause: NoRoom): FileFormatError {
  const expected = `at most ${most} bytes of memory for HDF5`;
  return new FileFormatError(name, field, expected, `${cause.wantedBytes}`, {
    cause,
    advice: "the file is damaged or made to take all memory; raise maxBytes if you trust it",
  });
}

/** HDF5 asked for more memory than it may have. */
class NoRoom extends Error {
  constructor(readonly wantedBytes: number) {
    super(`${wantedBytes} bytes of memory were asked for`);
  }
}

/** No fault of the file: HDF5 is not there. */
function notStarted(name: string, why: string, cause: unknown): Unsupported {
  const what = `${name} cannot be read here: HDF5 could not be started (${why})`;
  return Object.assign(new Unsupported(what, hdf5Advice), { cause });
}

/** HDF5 could not be loaded, or the thread for it not be started. */
class NotStarted extends Error {}

/** The thread was stopped, as it did not answer. */
class OutOfPatience extends Error {}

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
  /** Counts how often it reads its file. */
  readonly reads: Int32Array | undefined;
  /** HDF5 runs in it. */
  answered: boolean;
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
  const reads =
    typeof SharedArrayBuffer === "undefined" ? undefined : new Int32Array(new SharedArrayBuffer(4));
  const shared: Omit<SharedThread, "thread"> = {
    reads,
    answered: false,
    onMessage: () => {},
    onDeath: () => {},
  };
  const thread = startThread(workerScript(), {
    onMessage: (message) => shared.onMessage(message),
    onDeath: (cause) => {
      if (parked?.thread === thread) parked = undefined;
      shared.onDeath(cause);
    },
  });
  thread.post({ reads });
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
