/** A random name. */
export function randomUUID(): string {
  return globalThis.crypto.randomUUID();
}

/** Random bytes, which write themselves as hexadecimal. */
export function randomBytes(length: number): { toString(): string } {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(length));
  return { toString: () => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** SHA-256 of a page answers later only: what needs it at once has to do without. */
export function createHash(): never {
  throw new Error("a page has no hash that answers at once");
}
