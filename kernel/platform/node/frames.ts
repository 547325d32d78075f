import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import process from "node:process";
import { promiseHooks } from "node:v8";

/** What the code that runs carries along, and hands on to what it starts: a value by its key. */
export type Frame = ReadonlyMap<object, unknown>;

let current: Frame | undefined;
let failed: { readonly error: unknown; readonly frame: Frame } | undefined;

/** The frame of the code that runs. */
export function frameNow(): Frame | undefined {
  return current;
}

/** From here on, and until the code that runs returns to the event loop, another frame is carried. */
export function setFrame(frame: Frame | undefined): void {
  current = frame;
}

/** Runs `work` with a frame. */
export function withFrame<T>(frame: Frame | undefined, work: () => T): T {
  const before = current;
  current = frame;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** The frame in which a promise was made. */
export function frameOf(promise: object): Frame | undefined {
  return Carried.of(promise);
}

type Callback = (...args: unknown[]) => unknown;

/** The frame of the callback that an error ended; asked once, when nobody caught it. */
export function frameOfError(error: unknown): Frame | undefined {
  const frame = failed?.error === error ? failed?.frame : undefined;
  failed = undefined;
  return frame;
}

/** A callback that the event loop calls, with the frame of whoever hands it over. */
export function carry<C extends Callback>(callback: C): C {
  if (current === undefined || typeof callback !== "function") return callback;
  return carryWith(current, callback) as C;
}

function carryWith(frame: Frame, callback: Callback): Callback {
  return function (this: unknown, ...args: unknown[]): unknown {
    current = frame;
    try {
      return callback.apply(this, args);
    } catch (error) {
      failed = { error, frame };
      throw error;
    } finally {
      current = undefined;
    }
  };
}

/**
 * Follows promises, ticks and immediates. V8 tells of promises by hooks that, other than those of
 * `node:async_hooks`, leave no trace when a Stop ends the code between two of them.
 */
export function followFrames(): void {
  promiseHooks.createHook({
    init: (promise) => {
      Carried.put(promise);
    },
    before: (promise) => (current = Carried.of(promise)),
    after: () => (current = undefined),
  });
  const nextTick = process.nextTick.bind(process) as (...args: unknown[]) => void;
  process.nextTick = (callback: Callback, ...args: unknown[]) => nextTick(carry(callback), ...args);
  followEmitters();
  carryCallbacks(globalThis, ["queueMicrotask", "setImmediate"]);
  const files = createRequire(import.meta.url)("node:fs") as object;
  carryCallbacks(
    files,
    Object.keys(files).filter((name) => `${name}Sync` in files),
  );
}

/** What sockets, children, workers and streams tell carries the frame in which they were made, unless it has its own. */
function followEmitters(): void {
  const emitters = EventEmitter as unknown as { init: (this: object, options?: object) => void };
  const { init } = emitters;
  emitters.init = function (options) {
    Carried.put(this);
    init.call(this, options);
  };
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const emit = EventEmitter.prototype.emit as (this: object, ...args: unknown[]) => boolean;
  EventEmitter.prototype.emit = function (this: object, ...args: unknown[]): boolean {
    const frame = current === undefined ? Carried.of(this) : undefined;
    if (frame === undefined) return emit.apply(this, args);
    return carryWith(frame, emit).apply(this, args) as boolean;
  };
}

/** Makes functions carry the frame to the callback they are given. */
function carryCallbacks(home: object, names: readonly string[]): void {
  const functions = home as Record<string, Callback | undefined>;
  for (const name of names) {
    const original = functions[name];
    // Some are there on other systems only.
    if (typeof original !== "function") continue;
    const value = (...args: unknown[]): unknown =>
      original(...args.map((arg) => (typeof arg === "function" ? carry(arg as Callback) : arg)));
    // Node's own promise forms hang on the functions.
    const properties = Object.entries(Object.getOwnPropertyDescriptors(original));
    const own = properties.filter(([key]) => key !== "prototype");
    Object.defineProperties(value, Object.fromEntries(own));
    Object.defineProperty(home, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}

/** A constructor that returns its argument: what derives from it puts its private fields there. */
const Itself = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

/** Puts a frame on a promise where nobody sees it. */
class Carried extends Itself {
  readonly #frame: Frame;

  constructor(promise: object, frame: Frame) {
    super(promise);
    this.#frame = frame;
  }

  static put(object: object): void {
    if (current !== undefined && !(#frame in object)) new Carried(object, current);
  }

  static of(promise: object): Frame | undefined {
    return #frame in promise ? promise.#frame : undefined;
  }
}
