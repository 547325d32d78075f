import { InvalidArgument } from "./errors.ts";

/** Typed arrays that are kept as they are. */
export const arrayKinds = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
} as const;

/** The name of such a kind. */
export type ArrayKind = keyof typeof arrayKinds;

/** A typed array that is kept. */
export type KeptArray = InstanceType<(typeof arrayKinds)[ArrayKind]>;

/** The kind of a typed array. Throws `InvalidArgument` for one that no file keeps. */
export function kindOfArray(array: ArrayBufferView): ArrayKind {
  const found = (Object.keys(arrayKinds) as ArrayKind[]).find(
    (kind) => array instanceof arrayKinds[kind],
  );
  if (found !== undefined) return found;
  throw new InvalidArgument(
    "value",
    array,
    "give arrays of numbers, no clamped or 64-bit integers",
  );
}
