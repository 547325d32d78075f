import type { GiftiContent } from "../../src/io/gifti/index.ts";
import { UsageError } from "../usage-error.ts";

/** Where a model of runs is written, and whether it is of voxels or of vertices. */
export interface GlmOutput {
  /** `--out` without its extension. */
  readonly stem: string;
  readonly kind: "voxels" | "vertices";
}

/** Options that are of voxels or of vertices. */
interface KindOptions {
  readonly out: string;
  readonly mask?: string;
  readonly structure?: string;
}

/** Whether the name of a run says that it is of vertices. */
export function isOfVertices(file: string): boolean {
  return /\.(gii|dtseries\.nii)$/i.test(file);
}

/** Throws `UsageError` for runs of both kinds, and options or outputs that are of the other kind. */
export function checkKinds(
  images: readonly string[],
  { out, mask, structure }: KindOptions,
): GlmOutput {
  const nVertices = images.filter(isOfVertices).length;
  if (nVertices > 0 && nVertices < images.length)
    throw new UsageError("some runs are of vertices, some of voxels; fit them one kind at a time");
  if (structure !== undefined && !images.some((file) => /\.dtseries\.nii$/i.test(file)))
    throw new UsageError("--structure chooses a part of CIFTI runs (.dtseries.nii); leave it out");
  if (nVertices > 0 && mask !== undefined)
    throw new UsageError("--mask is of voxels, and the runs are of vertices; leave it out");
  const [endings, words] =
    nVertices > 0
      ? [/\.(func\.|shape\.)?gii$/i, ".func.gii"]
      : [/\.nii(\.gz)?$/i, ".nii or .nii.gz"];
  const stem = out.replace(endings, "");
  if (stem === out || stem === "")
    throw new UsageError(`--out takes a name that ends in ${words}, not ${out}`);
  return { stem, kind: nVertices > 0 ? "vertices" : "voxels" };
}

/** Values of vertices as arrays of the whole mesh, NaN where there are none. */
export function arraysOfVertices(
  rows: readonly Float64Array[],
  vertices: Int32Array,
  nMesh: number,
): GiftiContent {
  const arrays = rows.map((row) => {
    const data = new Float32Array(nMesh).fill(NaN);
    vertices.forEach((vertex, at) => (data[vertex] = row[at]));
    return { intent: "NONE", values: { data, shape: [nMesh] } };
  });
  return { arrays };
}
