import { FileFormatError } from "../errors.ts";

/** Rows of a PNG without their filters: each byte was written as its difference to what stands left and above. */
export function unfilter(
  filtered: Uint8Array,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
  name: string,
): Uint8Array {
  const plain = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const filter = filtered[row * (rowBytes + 1)];
    const predict = predictors[filter];
    if (predict === undefined)
      throw new FileFormatError(name, "image data", "a row filter of 0 to 4", `${filter}`);
    const [from, to] = [row * (rowBytes + 1) + 1, row * rowBytes];
    for (let i = 0; i < rowBytes; i++) {
      const left = i < pixelBytes ? 0 : plain[to + i - pixelBytes];
      const above = row === 0 ? 0 : plain[to + i - rowBytes];
      const corner = row === 0 || i < pixelBytes ? 0 : plain[to + i - rowBytes - pixelBytes];
      plain[to + i] = filtered[from + i] + predict(left, above, corner);
    }
  }
  return plain;
}

const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((v) => Math.abs(estimate - v));
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}
