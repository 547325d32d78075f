import * as asyncHooks from "node:async_hooks";
import { createRequire, syncBuiltinESMExports } from "node:module";
import process from "node:process";
import type { Frame } from "./frames.ts";
import { followFrames, frameNow, setFrame, withFrame } from "./frames.ts";

type Work<T> = (...args: never[]) => T;

/**
 * `AsyncLocalStorage` over frames, for versions of Node whose own one switches on async_hooks: ending a
 * busy cell under these aborts the process. It follows promises, timers, ticks and `AsyncResource`;
 * callbacks of files and sockets see no value.
 */
export class FrameStorage<T> {
  #isOn = true;

  static bind<W extends Work<unknown>>(work: W): W {
    const frame = frameNow();
    return function (this: unknown, ...args: never[]): unknown {
      return withFrame(frame, () => work.apply(this, args));
    } as W;
  }

  static snapshot(): <R>(work: Work<R>, ...args: never[]) => R {
    const frame = frameNow();
    return (work, ...args) => withFrame(frame, () => work(...args));
  }

  run<R>(store: T, work: Work<R>, ...args: never[]): R {
    return withFrame(this.#with(store), () => work(...args));
  }

  exit<R>(work: Work<R>, ...args: never[]): R {
    return withFrame(this.#with(undefined), () => work(...args));
  }

  enterWith(store: T): void {
    setFrame(this.#with(store));
  }

  getStore(): T | undefined {
    return this.#isOn ? (frameNow()?.get(this) as T | undefined) : undefined;
  }

  disable(): void {
    this.#isOn = false;
  }

  #with(store: T | undefined): Frame {
    this.#isOn = true;
    return new Map(frameNow()).set(this, store);
  }
}

/** `AsyncResource` that carries the frame in which it was made. */
class FrameResource extends asyncHooks.AsyncResource {
  readonly #frame = frameNow();

  override runInAsyncScope<This, R>(
    work: (this: This, ...args: never[]) => R,
    self?: This,
    ...args: never[]
  ): R {
    return withFrame(this.#frame, () =>
      super.runInAsyncScope(work as (...all: unknown[]) => R, self, ...args),
    );
  }
}

const major = Number(process.versions.node.split(".")[0]);
/** Node's own storage needs no hooks here. */
const isSafe = major >= 24 || process.execArgv.includes("--experimental-async-context-frame");

/** The storage that a Stop does no harm to. */
export const Storage = (
  isSafe ? asyncHooks.AsyncLocalStorage : FrameStorage
) as typeof asyncHooks.AsyncLocalStorage;

/** True when frames are followed by us. */
export const followsFrames = !isSafe;

const warning =
  "async_hooks.createHook: from now on a Stop of a busy cell ends its process and costs the variables, " +
  "since Node cannot end code under such hooks; AsyncLocalStorage has no such cost\n";

/** Gives the code of cells and packages a storage that a Stop does no harm to. */
export function installStorage(): void {
  const hooks = createRequire(import.meta.url)("node:async_hooks") as Record<string, unknown>;
  if (!isSafe) {
    followFrames();
    hooks.AsyncLocalStorage = FrameStorage;
    hooks.AsyncResource = FrameResource;
  }
  const { createHook } = asyncHooks;
  hooks.createHook = (callbacks: asyncHooks.HookCallbacks): asyncHooks.AsyncHook => {
    const hook = createHook(callbacks);
    const enable = hook.enable.bind(hook);
    return Object.assign(hook, {
      enable: () => {
        process.stderr.write(warning);
        return enable();
      },
    });
  };
  syncBuiltinESMExports();
}
