/** Types of numbers that are read, and the bytes of each. */
export const typeBytes = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
} as const;

/** Types of numbers that are read from Zarr, as version 3 calls them. */
export type ZarrType = keyof typeof typeBytes;

/** The same types as version 2 and numpy call them, without their order of bytes. */
export const numpyTypes: Readonly<Record<string, ZarrType>> = {
  b1: "bool",
  i1: "int8",
  u1: "uint8",
  i2: "int16",
  u2: "uint16",
  i4: "int32",
  u4: "uint32",
  i8: "int64",
  u8: "uint64",
  f4: "float32",
  f8: "float64",
};
