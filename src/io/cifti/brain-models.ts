import { FileFormatError } from "../../core/errors.ts";
import { childOf } from "../gifti/elements.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { integers, structureOf, verticesIn, voxelsIn, wholeAttribute } from "./fields.ts";
import type { CiftiModel } from "./types.ts";

/** The models of an axis, in its order, without gaps or overlaps. Throws `FileFormatError`. */
export function readModels(map: XmlElement, file: string): CiftiModel[] {
  const models = map.children
    .filter(({ name }) => name === "BrainModel")
    .map((element) => readModel(element, file))
    .sort((a, b) => a.start - b.start);
  let next = 0;
  for (const { structure, start, count } of models) {
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
