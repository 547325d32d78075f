import { createHash, type Hash } from "node:crypto";

/**
 * A hash of what a reader gave: equal exactly when every number (bit by bit), text, key and shape is.
 */
export function digest(value: unknown): string {
  const hash = createHash("sha256");
  feed(hash, value);
  return hash.digest("hex").slice(0, 24);
}

function feed(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name}${value.byteLength}:`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (value instanceof Map) {
    hash.update(`map${value.size}{`);
    for (const [key, item] of value) [key, item].forEach((part) => feed(hash, part));
  } else if (Array.isArray(value)) {
    hash.update(`list${value.length}[`);
    for (const item of value) feed(hash, item);
  } else if (typeof value === "object" && value !== null) feedObject(hash, value);
  else if (typeof value === "number") {
    hash.update("n");
    hash.update(new Float64Array([value]));
  } else hash.update(`${typeof value} ${JSON.stringify(String(value))};`);
}

function feedObject(hash: Hash, value: object): void {
  const keys = Object.keys(value);
  hash.update(`object${keys.length}{`);
  for (const key of keys.sort()) {
    hash.update(`${JSON.stringify(key)}:`);
    feed(hash, (value as Record<string, unknown>)[key]);
  }
}
