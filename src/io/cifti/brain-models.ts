import { FileFormatError } from "../../core/errors.ts";
import { childOf } from "../gifti/elements.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { integers, structureOf, verticesIn, voxelsIn, wholeAttribute } from "./fields.ts";
import type { CiftiModel, CiftiVolume } from "./types.ts";

/** The models of an axis, in its order, without gaps or overlaps. Throws `FileFormatError`. */
export function readModels(
  map: XmlElement,
  volume: CiftiVolume | undefined,
  file: string,
): CiftiModel[] {
  const models = map.children
    .filter(({ name }) => name === "BrainModel")
    .map((element) => readModel(element, file))
    .sort((a, b) => a.start - b.start);
  let next = 0;
  for (const { structure, start, count, voxels } of models) {
    if (voxels !== undefined && volume !== undefined) checkInside(voxels, volume, structure, file);
    if (start !== next)
      throw new FileFormatError(
        file,
        `IndexOffset of ${structure}`,
        `${next}, where the one before ends`,
        `${start}`,
      );
    next += count;
  }
  return models;
}

/** A voxel beyond the grid, or named twice, would be put in the place of another. */
function checkInside(
  { data }: Matrix<Int32Array>,
  { shape: [nx, ny, nz] }: CiftiVolume,
  structure: string,
  file: string,
): void {
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 3) {
    const [i, j, k] = data.subarray(at, at + 3);
    const place = (i * ny + j) * nz + k;
    if (i < nx && j < ny && k < nz && !seen.has(place)) {
      seen.add(place);
      continue;
    }
    const expected = seen.has(place) ? "each voxel once" : `below ${nx}, ${ny}, ${nz}`;
    throw new FileFormatError(file, `voxels of ${structure}`, expected, `${i}, ${j}, ${k}`);
  }
}

function readModel(element: XmlElement, file: string): CiftiModel {
  const structure = structureOf(element);
  const start = wholeAttribute(element, "IndexOffset", file);
  const count = wholeAttribute(element, "IndexCount", file);
  const surface = element.attributes.get("ModelType")?.endsWith("SURFACE") === true;
  const places = surface ? surfaceOf(element, file) : voxelsOf(element, file);
  const found = places.vertices?.length ?? places.voxels?.shape[0];
  if (found !== count)
    throw new FileFormatError(
      file,
      `IndexCount of ${structure}`,
      `${found}, as many as are listed`,
      `${count}`,
    );
  return { structure, start, count, ...places };
}

type Places = Pick<CiftiModel, "vertices" | "nSurfaceVertices" | "voxels">;

function surfaceOf(element: XmlElement, file: string): Places {
  const nSurfaceVertices = wholeAttribute(element, "SurfaceNumberOfVertices", file);
  const vertices = verticesIn(
    integers(childOf(element, "VertexIndices"), file),
    nSurfaceVertices,
    file,
  );
  return { vertices, nSurfaceVertices, voxels: undefined };
}

function voxelsOf(element: XmlElement, file: string): Places {
  const voxels = voxelsIn(childOf(element, "VoxelIndicesIJK"), file);
  return { vertices: undefined, nSurfaceVertices: undefined, voxels };
}
