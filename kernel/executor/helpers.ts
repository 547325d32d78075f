import { decorate, decorateMetadata, decorateParam } from "./decorate.ts";

/** What the compiled form of `using` declarations calls: resources are disposed in reverse order. */
interface UsingContext {
  /** An error thrown in the block. */
  e: unknown;
  u<T>(resource: T): T;
  a<T>(resource: T): T;
  d(): void | Promise<void>;
}

const nothing = Symbol("nothing");
type Dispose = () => unknown;

/** The compiler helpers that oxc's output calls on `babelHelpers`. */
export const babelHelpers = { usingCtx, decorate, decorateMetadata, decorateParam };

function usingCtx(): UsingContext {
  const disposals: { dispose: Dispose; wait: boolean }[] = [];
  const context: UsingContext = {
    e: nothing,
    u: (resource) => (add(disposals, resource, false), resource),
    a: (resource) => (add(disposals, resource, true), resource),
    d: () => disposeAll(disposals, context.e),
  };
  return context;
}

function add(
  disposals: { dispose: Dispose; wait: boolean }[],
  resource: unknown,
  wait: boolean,
): void {
  if (resource === null || resource === undefined) return;
  const methods = resource as Record<symbol, Dispose | undefined>;
  const dispose = (wait ? methods[Symbol.asyncDispose] : undefined) ?? methods[Symbol.dispose];
  if (typeof dispose !== "function")
    throw new TypeError("a value declared with `using` has no [Symbol.dispose] method");
  disposals.push({ dispose: () => dispose.call(resource), wait });
}

function disposeAll(
  disposals: { dispose: Dispose; wait: boolean }[],
  thrown: unknown,
): void | Promise<void> {
  let error = thrown;
  while (disposals.length > 0) {
    const { dispose, wait } = disposals.pop() as { dispose: Dispose; wait: boolean };
    try {
      const done = dispose();
      if (wait)
        return Promise.resolve(done).then(
          () => disposeAll(disposals, error),
          (reason: unknown) => disposeAll(disposals, both(reason, error)),
        );
    } catch (reason) {
      error = both(reason, error);
    }
  }
  if (error !== nothing) throw error;
}

/** Both errors are told: that of the disposal, and the one that was on its way before. */
function both(reason: unknown, before: unknown): unknown {
  if (before === nothing) return reason;
  const error = new Error("An error was suppressed during disposal.");
  const told = { name: "SuppressedError", error: reason, suppressed: before };
  for (const [name, value] of Object.entries(told))
    Object.defineProperty(error, name, { value, configurable: true, writable: true });
  return error;
}
