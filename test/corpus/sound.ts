import { sizeOf } from "../../src/core/matrix.ts";
import type { CsvColumns } from "../../src/io/csv/index.ts";
import type { Image } from "../../src/io/image/index.ts";
import type { MatValue } from "../../src/io/mat/index.ts";
import type { NpyArray } from "../../src/io/npy/index.ts";

// What every result must have, whatever the file: values that fit the shape they are given with.

export function checkArray(array: NpyArray): void {
  const n = sizeOf(array.shape);
  const lengths =
    array.kind === "complex" ? [array.real.length, array.imag.length] : [array.data.length];
  const whole = array.shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (!whole || lengths.some((length) => length !== n))
    throw new Error(`an unsound array: ${lengths.join()} values of shape (${array.shape.join()})`);
}

export function checkImage({ width, height, channels, data }: Image): void {
  if (data.length !== width * height * channels || data.length === 0)
    throw new Error(`an unsound image: ${data.length} values of ${width} × ${height}`);
}

export function checkColumns({ names, columns }: CsvColumns): void {
  const lengths = new Set([...columns.values()].map((column) => column.length));
  if (names.length !== columns.size || lengths.size > 1) throw new Error("unsound columns");
}

export function checkMat(values: ReadonlyMap<string, MatValue>): void {
  for (const value of values.values()) checkValue(value);
}

function checkValue(value: MatValue): void {
  if (value.kind === "unreadable") return;
  if (value.kind !== "cell" && value.kind !== "struct") return checkArray(value);
  if (value.data.length !== sizeOf(value.shape)) throw new Error(`an unsound ${value.kind}`);
  if (value.kind === "cell") value.data.forEach(checkValue);
  else value.data.forEach((element) => [...element.values()].forEach(checkValue));
}
