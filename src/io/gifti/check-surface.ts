import { FileFormatError } from "../../core/errors.ts";
import type { GiftiArray } from "./types.ts";

/** Points must be places, and triangles must have corners that are points. Throws `FileFormatError`. */
export function checkSurface(arrays: readonly GiftiArray[], file: string): void {
  const [points, second] = arrays.filter(({ intent }) => intent === "POINTSET");
  if (second !== undefined) throw new FileFormatError(file, "POINTSET", "one array", "two");
  if (points !== undefined) checkPoints(points, file);
  for (const array of arrays)
    if (array.intent === "TRIANGLE") checkTriangles(array, points?.values.shape[0], file);
}

function checkPoints({ values: { shape, data } }: GiftiArray, file: string): void {
  if (shape.length !== 2 || shape[1] !== 3)
    throw new FileFormatError(file, "POINTSET", "points × 3", `(${shape.join(", ")})`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new FileFormatError(
      file,
      `POINTSET, point ${Math.floor(at / 3)}`,
      "a place",
      `${data[at]}`,
    );
}

function checkTriangles(
  { values: { shape, data } }: GiftiArray,
  nPoints: number | undefined,
  file: string,
): void {
  if (shape.length !== 2 || shape[1] !== 3)
    throw new FileFormatError(file, "TRIANGLE", "triangles × 3", `(${shape.join(", ")})`);
  // Triangles of a mesh whose points are in another file.
  if (nPoints === undefined) return;
  const at = data.findIndex((point) => !(point >= 0 && point < nPoints && Number.isInteger(point)));
  if (at >= 0)
    throw new FileFormatError(
      file,
      `TRIANGLE ${Math.floor(at / 3)}`,
      `points from 0 to ${nPoints - 1}`,
      `${data[at]}`,
    );
}
