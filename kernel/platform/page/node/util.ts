import { format as nodesFormat, inspect as nodesInspect } from "node-inspect-extracted";

/** How Node writes a value. */
export const inspect = nodesInspect;

/** Values in a row, as `console.log` writes them. */
export const format: (...values: unknown[]) => string = nodesFormat;

function isOf(value: unknown, name: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

/** What kind a value is; that something is a proxy nobody can see from outside. */
export const types = {
  isProxy: (value: unknown): boolean => (void value, false),
  isPromise: (value: unknown): value is Promise<unknown> => value instanceof Promise,
  isDate: (value: unknown): boolean => isOf(value, "Date"),
  isRegExp: (value: unknown): boolean => isOf(value, "RegExp"),
};

/** A function that calls back, as one that promises. */
export function promisify(
  work: (...args: unknown[]) => void,
): (...args: unknown[]) => Promise<unknown> {
  return (...args) =>
    new Promise((resolve, reject) => {
      work(...args, (error: unknown, value: unknown) =>
        // Whatever was handed over, as it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        error === null || error === undefined ? resolve(value) : reject(error),
      );
    });
}
