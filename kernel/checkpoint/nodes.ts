/**
 * A value in a checkpoint. Texts, booleans, null and finite numbers stand for themselves; the rest is marked:
 * undefined, numbers that JSON lacks, BigInt (hexadecimal), registered symbols, a place without a value in an array,
 * and a reference to a node.
 */
export type Ref =
  | string
  | number
  | boolean
  | null
  | readonly ["undefined"]
  | readonly ["hole"]
  | readonly ["number", string]
  | readonly ["bigint", string]
  | readonly ["symbol", string]
  | readonly ["node", number];

/** Properties by name, in order. */
export type Fields = readonly (readonly [string, Ref])[];

/** An object of the notebook; nodes refer to each other by their place in the list, so cycles and sharing stay. */
export type Node =
  | {
      readonly kind: "object";
      readonly fields: Fields;
      readonly bare?: true;
      readonly frozen?: true;
    }
  | {
      readonly kind: "array";
      readonly values: readonly Ref[];
      readonly fields: Fields;
      readonly frozen?: true;
    }
  /** A plain array of numbers, as 64-bit floats in a blob. */
  | { readonly kind: "numbers"; readonly blob: number; readonly frozen?: true }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Ref, Ref])[] }
  | { readonly kind: "set"; readonly values: readonly Ref[] }
  | { readonly kind: "date"; readonly time: Ref }
  | { readonly kind: "regexp"; readonly source: string; readonly flags: string }
  | { readonly kind: "url"; readonly href: string }
  | { readonly kind: "error"; readonly type: string; readonly fields: Fields }
  | { readonly kind: "buffer"; readonly blob: number; readonly shared?: true }
  | {
      readonly kind: "view";
      readonly type: string;
      readonly buffer: number;
      readonly offset: number;
      readonly length: number;
    }
  /** A value that said what it is made of: `name` is an export of a package. */
  | { readonly kind: "saved"; readonly module: string; readonly name: string; readonly data: Ref };

/** What a checkpoint holds besides its blobs. */
export interface Contents {
  readonly names: Readonly<Record<string, Ref>>;
  readonly nodes: readonly Node[];
}

/** A checkpoint that cannot be read, or may not be trusted. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** The types of views a checkpoint may hold. */
export const viewTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
  Buffer,
} as const;

/** The types of errors a checkpoint may hold. */
export const errorTypes = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
} as const;

/** Names of the conventions by which a value says what it is made of, and its class makes it anew. */
export const saveOf = Symbol.for("Jupyter.save");
export const restoreOf = Symbol.for("Jupyter.restore");
