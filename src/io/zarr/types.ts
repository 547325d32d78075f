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

/** What version 2 and numpy call them, without their order of bytes. */
const numpyNames: Readonly<Record<ZarrType, string>> = {
  bool: "b1",
  int8: "i1",
  uint8: "u1",
  int16: "i2",
  uint16: "u2",
  int32: "i4",
  uint32: "u4",
  int64: "i8",
  uint64: "u8",
  float32: "f4",
  float64: "f8",
};

/** The types by these names. */
export const numpyTypes = Object.fromEntries(
  Object.entries(numpyNames).map(([dtype, name]) => [name, dtype]),
) as Readonly<Record<string, ZarrType>>;

/** What numpy calls values of a type as they are read: with the lowest byte first. */
export function numpyDtype(dtype: ZarrType): string {
  return (typeBytes[dtype] === 1 ? "|" : "<") + numpyNames[dtype];
}
