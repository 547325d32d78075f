/** Bytes of values of `size` bytes, of which first all first bytes were stored, then all second ones; what is left, last. */
export function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const n = Math.floor(bytes.length / size);
  const values = new Uint8Array(bytes.length);
  for (let byte = 0; byte < size; byte++)
    for (let k = 0; k < n; k++) values[k * size + byte] = bytes[byte * n + k];
  values.set(bytes.subarray(n * size), n * size);
  return values;
}

/** The same of bits. Values whose number is none of eights are stored as they are. */
export function bitUnshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const n = Math.floor(bytes.length / size);
  if (n % 8 !== 0) return bytes;
  const values = new Uint8Array(bytes.length);
  const nEights = n / 8;
  for (let plane = 0; plane < 8 * size; plane++) {
    const [byte, bit] = [plane >> 3, plane & 7];
    for (let k = 0; k < nEights; k++) {
      const eight = bytes[plane * nEights + k];
      for (let one = 0; one < 8; one++)
        values[(8 * k + one) * size + byte] |= ((eight >> one) & 1) << bit;
    }
  }
  values.set(bytes.subarray(n * size), n * size);
  return values;
}
