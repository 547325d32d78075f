/** Resolves after a while. */
export function setTimeout<T>(ms = 0, value?: T): Promise<T | undefined> {
  return new Promise((resolve) => globalThis.setTimeout(() => resolve(value), ms));
}
