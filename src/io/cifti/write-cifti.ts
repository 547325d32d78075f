import { writePath } from "#platform/files";
import { InvalidArgument, ShapeMismatch, Unsupported } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { listOf, thing } from "../../core/gate/kinds.ts";
import { escapeHtml } from "../../core/text.ts";
import type { CiftiAxis, CiftiFile, CiftiModel, CiftiVolume } from "./types.ts";

/** What is written: values of maps, and what they are of; a `.dscalar.nii` file that was read is one. */
export type CiftiContent = Pick<CiftiFile, "axes"> & { readonly values: CiftiFile["values"] };

const headerBytes = 540;
const scalarsIntent = 3006;
const extensionCode = 32;

/**
 * Write maps of vertices and voxels as CIFTI-2 (`.dscalar.nii`), in float32: values maps × grayordinates, the first axis
 * `scalars`, the second `brain`. nibabel and Connectome Workbench read it.
 *
 * @throws ShapeMismatch for values that the axes are not of; InvalidArgument for vertices beyond their mesh or twice;
 *   Unsupported for other axes; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readCifti, writeCifti } from "tsrsa/io";
 * async function copy(from: string, to: string) {
 *   await writeCifti(to, await readCifti(from)); // a .dscalar.nii file
 * }
 */
export async function writeCifti(path: string | URL, content: CiftiContent): Promise<void> {
  thing("{ values, axes }", "values", "axes")(content, "content");
  listOf(thing("axes, as readCifti gives them", "kind"))(content.axes, "axes");
  const [maps, brain] = content.axes;
  if (maps.kind !== "scalars" || brain.kind !== "brain")
    throw new Unsupported(
      `CIFTI of ${maps.kind} × ${brain.kind} is not written`,
      "give axes of scalars and brain: values of maps at vertices and voxels",
    );
  const { data, shape } = checkedMatrix(content.values, "values");
  const width = checkModels(brain.models);
  checkVolume(brain.models, brain.volume);
  if (shape.length !== 2 || shape[0] !== maps.names.length || shape[1] !== width)
    throw new ShapeMismatch(
      `values of ${maps.names.length} maps × ${width} vertices and voxels, as the axes say`,
      `(${shape.join(", ")})`,
    );
  const xml = new TextEncoder().encode(xmlOf(maps, brain.models, brain.volume));
  const esize = Math.ceil((xml.length + 8) / 16) * 16;
  const head = new Uint8Array(headerBytes + 4 + esize);
  writeHeader(new DataView(head.buffer), head, shape, esize);
  head.set(xml, headerBytes + 12);
  await writePath(path, [head, valueBytes(data, shape)]);
}

/** Indices of voxels mean nothing without the grid that they are of. */
function checkVolume(models: readonly CiftiModel[], volume: CiftiVolume | undefined): void {
  const ofVoxels = models.find(({ voxels }) => voxels !== undefined);
  if (ofVoxels === undefined) return;
  if (volume === undefined)
    throw new InvalidArgument(
      "axes[1].volume",
      undefined,
      `${ofVoxels.structure} is of voxels: give the shape and affine of their grid`,
    );
  for (const { structure, voxels } of models)
    voxels?.data.forEach((index, at) => {
      if (Number.isInteger(index) && index >= 0 && index < volume.shape[at % 3]) return;
      throw new InvalidArgument(
        `voxels of ${structure}`,
        index,
        `indices are whole, from 0 to below ${volume.shape.join(" × ")}`,
      );
    });
}

function checkModels(models: readonly CiftiModel[]): number {
  let width = 0;
  for (const { structure, start, count, vertices, nSurfaceVertices = 0, voxels } of models) {
    const found = vertices?.length ?? voxels?.shape[0];
    if (start !== width || count !== found)
      throw new ShapeMismatch(
        `${structure} from ${width}, with as many places as its count`,
        `from ${start}, ${count} for ${found}`,
      );
    const seen = new Set<number>();
    for (const vertex of vertices ?? []) {
      if (!Number.isInteger(vertex) || vertex < 0 || vertex >= nSurfaceVertices || seen.has(vertex))
        throw new InvalidArgument(
          `vertices of ${structure}`,
          vertex,
          `give each once, from 0 to ${nSurfaceVertices - 1}`,
        );
      seen.add(vertex);
    }
    width += count;
  }
  return width;
}

function writeHeader(
  view: DataView,
  bytes: Uint8Array,
  [nMaps, width]: readonly number[],
  esize: number,
): void {
  const big = (at: number, value: number) => view.setBigInt64(at, BigInt(value), true);
  view.setInt32(0, headerBytes, true);
  bytes.set([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], 4);
  view.setInt16(12, 16, true);
  view.setInt16(14, 32, true);
  [6, 1, 1, 1, 1, nMaps, width, 1].forEach((length, at) => big(16 + 8 * at, length));
  for (let at = 0; at < 8; at++) view.setFloat64(104 + 8 * at, 1, true);
  big(168, headerBytes + 4 + esize);
  view.setFloat64(176, 1, true);
  view.setInt32(500, 10, true);
  view.setInt32(504, scalarsIntent, true);
  new TextEncoder().encodeInto("ConnDenseScalar", bytes.subarray(508, 524));
  bytes[headerBytes] = 1;
  view.setInt32(headerBytes + 4, esize, true);
  view.setInt32(headerBytes + 8, extensionCode, true);
}

/** The first axis runs fastest on disk: the values of one vertex lie together. */
function valueBytes(data: ArrayLike<number>, [nMaps, width]: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * nMaps * width));
  let at = 0;
  for (let place = 0; place < width; place++)
    for (let map = 0; map < nMaps; map++, at += 4)
      view.setFloat32(at, data[map * width + place], true);
  return new Uint8Array(view.buffer);
}

function xmlOf(
  { names }: Extract<CiftiAxis, { kind: "scalars" }>,
  models: readonly CiftiModel[],
  volume: CiftiVolume | undefined,
): string {
  const maps = names.map((name) => `<NamedMap><MapName>${escapeHtml(name)}</MapName></NamedMap>`);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CIFTI Version="2"><Matrix>' +
    `<MatrixIndicesMap AppliesToMatrixDimension="0" IndicesMapToDataType="CIFTI_INDEX_TYPE_SCALARS">${maps.join("")}</MatrixIndicesMap>` +
    '<MatrixIndicesMap AppliesToMatrixDimension="1" IndicesMapToDataType="CIFTI_INDEX_TYPE_BRAIN_MODELS">' +
    `${volume === undefined ? "" : volumeText(volume)}${models.map(modelText).join("")}</MatrixIndicesMap></Matrix></CIFTI>`
  );
}

function volumeText({ shape, affine }: CiftiVolume): string {
  const numbers = affine.map((row) => row.join(" ")).join("\n");
  return (
    `<Volume VolumeDimensions="${shape.join(",")}"><TransformationMatrixVoxelIndicesIJKtoXYZ MeterExponent="-3">` +
    `${numbers}</TransformationMatrixVoxelIndicesIJKtoXYZ></Volume>`
  );
}

function modelText(model: CiftiModel): string {
  const { structure, start, count, vertices, nSurfaceVertices, voxels } = model;
  const head = `<BrainModel IndexOffset="${start}" IndexCount="${count}" BrainStructure="CIFTI_STRUCTURE_${escapeHtml(structure)}"`;
  if (vertices !== undefined)
    return `${head} ModelType="CIFTI_MODEL_TYPE_SURFACE" SurfaceNumberOfVertices="${nSurfaceVertices}"><VertexIndices>${Array.from(vertices).join(" ")}</VertexIndices></BrainModel>`;
  return `${head} ModelType="CIFTI_MODEL_TYPE_VOXELS"><VoxelIndicesIJK>${Array.from(voxels?.data ?? []).join(" ")}</VoxelIndicesIJK></BrainModel>`;
}
