/** A random name. */
export function randomUUID(): string {
  // `crypto.randomUUID` is there on secure origins only.
  const hex = randomBytes(16).toString();
  const end = `4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${end}`;
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
