/** What HDF5 says of a type of values, and of the space they fill. As h5wasm hands it out. */
export interface RawType {
  /** H5T_class_t: 0 integer, 1 float, 3 text, 6 compound, 7 reference, 8 enumeration, 9 variable length, 10 array. */
  readonly type: number;
  /** Bytes of one value. */
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  /** Text of any length. */
  readonly vlen: boolean;
  /** Lengths of the axes; null: no values at all. */
  readonly shape: readonly number[] | null;
  readonly total_size: number;
  readonly chunks: readonly number[] | null;
  readonly strpad?: number;
  readonly enum_type?: {
    readonly type: number;
    readonly members: Readonly<Record<string, number>>;
  };
  readonly compound_type?: { readonly members: readonly RawMember[] };
  /** Of an array as value; its shape is that of the array. */
  readonly array_type?: RawType;
  readonly ref_type?: "object" | "region";
  readonly virtual_sources?: readonly { readonly file_name: string }[];
}

/** Where in which file values are, for messages. */
export interface ValuePlace {
  readonly file: string;
  readonly field: string;
}

/** A part of a compound value. */
export interface RawMember extends RawType {
  readonly name: string;
  readonly offset: number;
}

/** What chunks pass through: 1 to 6 are HDF5's own (deflate, shuffle, fletcher32, szip, nbit, scaleoffset). */
export interface RawFilter {
  readonly id: number;
  readonly name: string;
}

/** What is at a place in the file, as the worker describes it. */
export interface RawObject {
  readonly kind: "group" | "dataset" | "type" | "brokenLink" | "externalLink" | "nothing";
  readonly keys?: readonly string[];
  readonly attributes?: readonly { readonly name: string; readonly type: RawType }[];
  readonly filters?: readonly RawFilter[];
  readonly type?: RawType;
  readonly link?: { readonly filename: string };
}

/** A description with the bytes of what is small. */
export interface RawAhead {
  readonly value: RawObject;
  readonly bytes: ArrayBuffer | undefined;
  /** Of each attribute. */
  readonly values: readonly (ArrayBuffer | undefined)[];
}

export const typeClass = {
  integer: 0,
  float: 1,
  text: 3,
  compound: 6,
  reference: 7,
  enumeration: 8,
  array: 10,
} as const;
