import { cellNow } from "#kernel/context";

/** The waits of one cell. */
interface Waits {
  /** A cell that has ended never goes on: what it waits for does not come back. */
  ended: boolean;
  readonly breaks: Set<(error: unknown) => void>;
  /** Where the await stands that waits, or whose promise was rejected last. */
  unfulfilled?: number;
}

// A cell may declare a Promise of its own.
const toPromise = Promise.resolve.bind(Promise);
const OwnPromise = Promise;

let waits: Waits = { ended: false, breaks: new Set() };
/** The waits of cells that run beside that one. */
const beside = new Map<number, Waits>();

function waitsNow(): Waits {
  return beside.size === 0 ? waits : (beside.get(cellNow()) ?? waits);
}

/**
 * What `await` at the top level of a cell waits for: the value, or the error `breakWait` is given.
 * An interrupt cannot otherwise end the wait for a promise that never settles. A thenable is asked
 * once: a query builder sends its statement each time that `then` is called.
 */
export function wait<T>(value: T, place?: number): T | Promise<Awaited<T>> {
  const own = waitsNow();
  own.unfulfilled = undefined;
  if (!isObject(value)) return value;
  own.unfulfilled = place;
  const promise = toPromise<T>(value);
  return new OwnPromise((fulfil, reject) => {
    const settle = (answer: () => void): void => {
      own.breaks.delete(reject);
      if (!own.ended) answer();
    };
    own.breaks.add(reject);
    promise.then(
      (result) =>
        settle(() => {
          own.unfulfilled = undefined;
          fulfil(result);
        }),
      // Whatever the user's code threw, as it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** The place of the await that failed, as its call gave it; undefined when no await did. */
export function failedAwait(): number | undefined {
  return waitsNow().unfulfilled;
}

/** Leaves the waits of a cell that has ended where they are, for good. */
export function forgetWaits(): void {
  waits.ended = true;
  waits = { ended: false, breaks: new Set() };
}

/** Gives a cell that runs beside others waits of its own. */
export function beginWaits(work: number): void {
  beside.set(work, { ended: false, breaks: new Set() });
}

/** Leaves the waits of such a cell where they are, for good. */
export function endWaits(work: number): void {
  const own = beside.get(work);
  if (own !== undefined) own.ended = true;
  beside.delete(work);
}

/** Ends the wait the cell is in with an error that its `finally` blocks see. False when it is in none. */
export function breakWait(error: unknown): boolean {
  const breaks = [...waits.breaks];
  waits.breaks.clear();
  for (const reject of breaks) reject(error);
  return breaks.length > 0;
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

function isObject(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
