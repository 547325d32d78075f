import { fileNameOf, writePath } from "#platform/files";
import { gzip } from "#platform/zlib";
import { InvalidArgument, ShapeMismatch, Unsupported } from "../../core/errors.ts";
import { listOf, thing } from "../../core/gate/kinds.ts";
import { blockKind, elementType, tagKind } from "./constants.ts";
import type { FifSourceSpace } from "./source-spaces.ts";
import { TagWriter } from "./tag-writer.ts";
import { writeFileEnd, writeFileStart } from "./write-info.ts";
import { writeSparse } from "./write-sparse.ts";

const someSpaces = listOf(
  thing("source spaces, as readFifSourceSpaces gives them", "points", "normals", "vertices"),
);

/**
 * Write source spaces of the cortex as MNE reads them (`-src.fif`; packed when the name ends in `.gz`): points, triangles,
 * which points are sources, and ways between them where they are known. Positions and ways are float32.
 *
 * @throws Unsupported for a volume, of which the reader does not keep the MRI's grid; ShapeMismatch; InvalidArgument;
 *   DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readFifSourceSpaces, writeFifSourceSpaces } from "tsrsa/io";
 * async function copy(from: string, to: string) {
 *   await writeFifSourceSpaces(to, await readFifSourceSpaces(from));
 * }
 */
export async function writeFifSourceSpaces(
  path: string | URL,
  spaces: readonly FifSourceSpace[],
): Promise<void> {
  someSpaces(spaces, "spaces");
  if (spaces.length === 0) throw new InvalidArgument("spaces", "none", "give one or more");
  const writer = new TagWriter();
  writeFileStart(writer, { measDate: undefined });
  writer.block(blockKind.sourceSpaces, () => {
    for (const space of spaces) writeSpace(writer, space);
  });
  writeFileEnd(writer);
  const bytes = writer.take();
  await writePath(path, [fileNameOf(path).endsWith(".gz") ? await gzip(bytes) : bytes]);
}

/** One hemisphere as a block. Throws `Unsupported`, `ShapeMismatch`, `InvalidArgument`. */
export function writeSpace(writer: TagWriter, space: FifSourceSpace): void {
  checkSpace(space);
  const { points, normals, triangles, vertices, usedTriangles, nearest, distances } = space;
  const nPoints = points.shape[0];
  writer.block(blockKind.sourceSpace, () => {
    writer.ints(tagKind.sourceSpaceType, [1]);
    writer.ints(tagKind.sourceSpaceId, [space.hemisphere === "left" ? 101 : 102]);
    writer.text(tagKind.subjectName, space.subject);
    writer.ints(tagKind.coordFrame, [space.frame === "head" ? 4 : 5]);
    writer.ints(tagKind.sourceCount, [nPoints]);
    writer.floatMatrix(tagKind.sourcePoints, points.data, points.shape);
    writer.floatMatrix(tagKind.sourceNormals, normals.data, normals.shape);
    const inUse = new Int32Array(nPoints);
    for (const vertex of vertices) inUse[vertex] = 1;
    writer.ints(tagKind.sourcesInUse, inUse).ints(tagKind.sourcesUsed, [vertices.length]);
    writeTriangles(writer, triangles, tagKind.sourceTriangleCount, tagKind.sourceTriangles);
    writeTriangles(writer, usedTriangles, tagKind.usedTriangleCount, tagKind.usedTriangles);
    if (nearest !== undefined) writeNearest(writer, space, nearest);
    if (distances === undefined) return;
    writeSparse(writer, tagKind.sourceDistances, distances.upper);
    writer.tag(tagKind.sourceDistanceLimit, elementType.float32, float32(distances.limitM));
  });
}

/** MNE takes patches from a file only where it says how far they reach; untold, ways are straight. */
function writeNearest(
  writer: TagWriter,
  { points: { data }, nearestM }: FifSourceSpace,
  nearest: Int32Array,
): void {
  const away = (from: number, to: number) =>
    Math.hypot(...[0, 1, 2].map((axis) => data[3 * from + axis] - data[3 * to + axis]));
  writer.ints(tagKind.sourceNearest, nearest);
  writer.floats(
    tagKind.sourceNearestDistance,
    nearestM ?? Float64Array.from(nearest, (source, point) => away(point, source)),
  );
}

function writeTriangles(
  writer: TagWriter,
  triangles: FifSourceSpace["triangles"],
  countKind: number,
  kind: number,
): void {
  if (triangles === undefined) return;
  writer.ints(countKind, [triangles.shape[0]]);
  writer.intMatrix(
    kind,
    triangles.data.map((point) => point + 1),
    triangles.shape,
  );
}

function checkSpace({ kind, hemisphere, points, normals, vertices, distances }: FifSourceSpace) {
  if (kind !== "surface" || hemisphere === undefined)
    throw new Unsupported(
      `writing a source space of a ${kind === "surface" ? "surface without a hemisphere" : kind}`,
      "only hemispheres are written; keep the file that it came from",
    );
  const nPoints = points.shape[0];
  const sizes = [points, normals].map(({ shape }) => `(${shape.join(", ")})`);
  if (sizes.some((size) => size !== `(${nPoints}, 3)`))
    throw new ShapeMismatch(`points and normals of shape (${nPoints}, 3)`, sizes.join(" and "));
  const wrong = vertices.find(
    (vertex, at) => vertex >= nPoints || !(vertex > (vertices[at - 1] ?? -1)),
  );
  if (wrong !== undefined)
    throw new InvalidArgument("vertices", wrong, `give points from 0 to ${nPoints - 1}, ascending`);
  if (distances !== undefined && distances.upper.n !== nPoints)
    throw new ShapeMismatch(`distances of ${nPoints} × ${nPoints}`, `${distances.upper.n}`);
}

function float32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return new Uint8Array(view.buffer);
}
