export { asMatrix, asStrings } from "./npy-array.ts";
export type {
  BigIntNpyArray,
  BoolNpyArray,
  ComplexNpyArray,
  NpyArray,
  NumberNpyArray,
  StringNpyArray,
} from "./npy-array.ts";
export { parseNpy, readNpy } from "./parse-npy.ts";
export { npyBytes, writeNpy } from "./npy-bytes.ts";
export type { NpyInput } from "./npy-bytes.ts";
export { npzBytes, readNpz, writeNpz } from "./npz.ts";
export { readNpzArray } from "./read-npz-array.ts";
export type { ReadNpzOptions, WriteNpzOptions } from "./npz.ts";
export { readPickle, type ReadPickleOptions } from "./read-pickle.ts";
export { readNpyObject, type ReadNpyObjectOptions } from "./read-pickled.ts";
export type { PickleValue } from "./pickle-values.ts";
export { readNpyPart, readNpyShape, type NpyPart } from "./read-part.ts";
