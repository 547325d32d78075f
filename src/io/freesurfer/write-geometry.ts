import { writePath } from "#platform/files";
import { joinBytes } from "../../core/bytes.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { thing } from "../../core/gate/kinds.ts";
import type { Matrix } from "../../core/matrix.ts";
import { float32Bytes, int32Bytes } from "./big-endian.ts";
import type { VolumeGeometry } from "./volume-geometry.ts";

/** What is written: points × 3 in mm and triangles × 3; where it is known also the volume that they came from. */
export interface FreesurferSurface {
  readonly points: Matrix;
  readonly triangles: Matrix;
  readonly volume?: VolumeGeometry;
}

const aSurface = thing("{ points, triangles }", "points", "triangles");

/**
 * Write a triangle mesh as FreeSurfer keeps it (`lh.white`, `rh.pial`, `lh.sphere.reg`, …), in float32. nibabel, MNE and
 * FreeSurfer read it.
 *
 * @throws ShapeMismatch; InvalidArgument for a point without a place, or a triangle of points that there are not;
 *   DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readFreesurferGeometry, writeFreesurferGeometry } from "tsrsa/io";
 * async function copy(from: string, to: string) {
 *   await writeFreesurferGeometry(to, await readFreesurferGeometry(from));
 * }
 */
export async function writeFreesurferGeometry(
  path: string | URL,
  surface: FreesurferSurface,
): Promise<void> {
  aSurface(surface, "surface");
  const { points, triangles, volume } = surface;
  const nPoints = rowsOf(points, "points");
  const nTriangles = rowsOf(triangles, "triangles");
  const away = Array.from(points.data).find((value) => !Number.isFinite(Math.fround(value)));
  if (away !== undefined)
    throw new InvalidArgument("points", away, "give finite numbers, in millimetres");
  const wrong = Array.from(triangles.data).find(
    (point) => !Number.isInteger(point) || point < 0 || point >= nPoints,
  );
  if (wrong !== undefined)
    throw new InvalidArgument("triangles", wrong, `give points from 0 to ${nPoints - 1}`);
  await writePath(path, [
    joinBytes([
      Uint8Array.of(0xff, 0xff, 0xfe),
      new TextEncoder().encode("created by tsrsa\n\n"),
      int32Bytes([nPoints, nTriangles]),
      float32Bytes(points.data),
      int32Bytes(triangles.data),
      ...(volume === undefined ? [] : [int32Bytes([2, 0, 20]), footerBytes(volume)]),
    ]),
  ]);
}

function rowsOf(given: Matrix, name: string): number {
  const { shape } = checkedMatrix(given, name);
  if (shape.length === 2 && shape[1] === 3 && shape[0] > 0) return shape[0];
  throw new ShapeMismatch(`${name} of shape (n, 3)`, `(${shape.join(", ")})`);
}

function footerBytes({ valid, filename, ...vectors }: VolumeGeometry): Uint8Array {
  const { shape, voxelSizeMm, xras, yras, zras, cras } = vectors;
  const rows = [
    ["valid", valid ? "1  # volume info valid" : "0  # volume info invalid"],
    ["filename", filename.replaceAll("\n", " ")],
    ["volume", shape.join(" ")],
    ["voxelsize", voxelSizeMm.join(" ")],
    ...Object.entries({ xras, yras, zras, cras }).map(([name, axis]) => [
      name.padEnd(6),
      axis.join(" "),
    ]),
  ];
  return new TextEncoder().encode(rows.map(([name, text]) => `${name} = ${text}\n`).join(""));
}
