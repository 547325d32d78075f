let breakNow: ((error: unknown) => void) | undefined;
/** Where the await stands that waits, or whose promise was rejected last. */
let unfulfilled: number | undefined;

/**
 * What `await` at the top level of a cell waits for: the value, or the error `breakWait` is given.
 * An interrupt cannot otherwise end the wait for a promise that never settles.
 */
export function wait<T>(value: T, place?: number): T | Promise<Awaited<T>> {
  unfulfilled = undefined;
  if (!isThenable(value)) return value;
  unfulfilled = place;
  value.then(
    () => (unfulfilled = undefined),
    () => undefined,
  );
  const broken = new Promise<never>((_, reject) => (breakNow = reject));
  broken.catch(() => undefined);
  return Promise.race([value, broken]);
}

/** The place of the await that failed, as its call gave it; undefined when no await did. */
export function failedAwait(): number | undefined {
  return unfulfilled;
}

/** Forgets the waits of earlier cells. */
export function forgetWaits(): void {
  unfulfilled = undefined;
  breakNow = undefined;
}

/** Ends the wait the cell is in, if any, with an error that its `finally` blocks see. */
export function breakWait(error: unknown): void {
  breakNow?.(error);
}

/** What `for await` at the top level of a cell iterates over. */
export function each<T>(values: AsyncIterable<T> | Iterable<T>, place?: number): AsyncIterable<T> {
  const iterator =
    Symbol.asyncIterator in values
      ? values[Symbol.asyncIterator]()
      : fromSync(values[Symbol.iterator]());
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => wait(iterator.next(), place),
      return: async (value?: unknown) =>
        (await iterator.return?.(value)) ?? { done: true, value: undefined as never },
    }),
  };
}

function fromSync<T>(iterator: Iterator<T>): AsyncIterator<T> {
  const settle = async ({ done, value }: IteratorResult<T>): Promise<IteratorResult<T>> => ({
    done,
    value: await (value as T),
  });
  return {
    next: async () => settle(iterator.next()),
    return: async (value?: unknown) =>
      iterator.return?.(value) ?? { done: true, value: undefined as never },
  };
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
