import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { ByteCursor } from "../binary/byte-cursor.ts";
import { readUnpacked } from "../gzip/read-unpacked.ts";
import { readVolumeGeometry, type VolumeGeometry } from "./volume-geometry.ts";

/** A triangle mesh as FreeSurfer keeps it. */
export interface FreesurferGeometry {
  /** Points × 3, in mm, in the coordinates of FreeSurfer's surfaces (scanner coordinates less `volume.cras`). */
  readonly points: Matrix<Float64Array>;
  /** Triangles × 3, numbers of points from 0, counter-clockwise seen from outside. */
  readonly triangles: Matrix<Int32Array>;
  /** The volume that the surface was made from; undefined where the file does not say. */
  readonly volume: VolumeGeometry | undefined;
}

/** First three bytes of a file of triangles, and of quadrangles with points of two and of four bytes. */
const magic = { triangles: 0xfffffe, quads: 0xffffff, floatQuads: 0xfffffd };
const mostComment = 4096;

/**
 * Read FreeSurfer's geometry (`lh.white`, `rh.pial`, `lh.inflated`, `lh.sphere.reg`, …): triangles, or the older
 * quadrangles, each of which becomes two triangles. Agrees with `nibabel.freesurfer.read_geometry`.
 *
 * @throws FileFormatError when it is damaged or another file, for example one of curvature; MissingFile.
 * @example
 * import { readFreesurferGeometry } from "tsrsa/io";
 * async function nVertices(path: string) {
 *   return (await readFreesurferGeometry(path)).points.shape[0];
 * }
 */
export async function readFreesurferGeometry(input: FileInput): Promise<FreesurferGeometry> {
  const { name, bytes } = await readUnpacked(input);
  const cursor = new ByteCursor(name, bytes);
  const found = cursor.uint24("first three bytes");
  if (found === magic.triangles) return readTriangles(cursor);
  if (found === magic.quads || found === magic.floatQuads)
    return readQuads(cursor, found === magic.quads);
  throw new FileFormatError(
    name,
    "first three bytes",
    "those of a surface (ff ff fe, ff ff ff or ff ff fd)",
    found.toString(16).padStart(6, "0"),
    { advice: "this is no geometry of FreeSurfer; read .gii files with readGifti" },
  );
}

function readTriangles(cursor: ByteCursor): FreesurferGeometry {
  cursor.textUntil("\n\n", mostComment, "comment");
  const nPoints = cursor.int32("number of points");
  const nTriangles = cursor.int32("number of triangles");
  cursor.checkRoom(nPoints, 12, "number of points");
  const points = Float64Array.from(cursor.float32s(3 * nPoints, "points"));
  cursor.checkRoom(nTriangles, 12, "number of triangles");
  const corners = cursor.int32s(3 * nTriangles, "triangles");
  checkCorners(cursor, corners, nPoints, 3);
  return {
    points: checkedPoints(cursor, points),
    triangles: matrix(corners, [nTriangles, 3]),
    volume: readVolumeGeometry(cursor),
  };
}

function readQuads(cursor: ByteCursor, small: boolean): FreesurferGeometry {
  const nPoints = cursor.uint24("number of points");
  const nQuads = cursor.uint24("number of quadrangles");
  cursor.checkRoom(nPoints, small ? 6 : 12, "number of points");
  const points = small
    ? Float64Array.from(cursor.int16s(3 * nPoints, "points"), (value) => value / 100)
    : Float64Array.from(cursor.float32s(3 * nPoints, "points"));
  cursor.checkRoom(nQuads, 12, "number of quadrangles");
  const corners = cursor.uint24s(4 * nQuads, "quadrangles");
  checkCorners(cursor, corners, nPoints, 4);
  return {
    points: checkedPoints(cursor, points),
    triangles: matrix(halves(corners), [2 * nQuads, 3]),
    volume: undefined,
  };
}

/** Which corners of a quadrangle make its two triangles: it depends on whether its first point has an even number. */
const evenHalves = [0, 1, 3, 2, 3, 1];
const oddHalves = [0, 1, 2, 0, 2, 3];

function halves(corners: Int32Array): Int32Array {
  const triangles = new Int32Array((corners.length / 4) * 6);
  for (let quad = 0; quad < corners.length / 4; quad++) {
    const order = corners[4 * quad] % 2 === 0 ? evenHalves : oddHalves;
    order.forEach((corner, at) => (triangles[6 * quad + at] = corners[4 * quad + corner]));
  }
  return triangles;
}

function checkCorners(
  cursor: ByteCursor,
  corners: Int32Array,
  nPoints: number,
  each: number,
): void {
  const at = corners.findIndex((point) => point < 0 || point >= nPoints);
  if (at >= 0)
    throw cursor.fault(
      `face ${Math.floor(at / each)}`,
      `points from 0 to ${nPoints - 1}`,
      `${corners[at]}`,
    );
}

function checkedPoints(cursor: ByteCursor, points: Float64Array): Matrix<Float64Array> {
  const at = points.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw cursor.fault(`point ${Math.floor(at / 3)}`, "a place", `${points[at]}`);
  return matrix(points, [points.length / 3, 3]);
}
