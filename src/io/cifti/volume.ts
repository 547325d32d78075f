import { FileFormatError } from "../../core/errors.ts";
import { childOf, textOf } from "../gifti/elements.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { wholeAttribute } from "./fields.ts";
import type { CiftiVolume } from "./types.ts";

/** The grid of the voxels, with its affine in mm; undefined when the axis has no voxels. Throws `FileFormatError`. */
export function readVolume(map: XmlElement, file: string): CiftiVolume | undefined {
  const element = childOf(map, "Volume");
  if (element === undefined) return undefined;
  const shape = (element.attributes.get("VolumeDimensions") ?? "").split(",").map(Number);
  const [nx, ny, nz] = shape;
  if (shape.length !== 3 || !shape.every((length) => Number.isInteger(length) && length > 0))
    throw new FileFormatError(file, "VolumeDimensions", "three lengths", shape.join(","));
  const transform = childOf(element, "TransformationMatrixVoxelIndicesIJKtoXYZ");
  const numbers = (textOf(transform).match(/\S+/g) ?? []).map(Number);
  if (transform === undefined || numbers.length !== 16 || !numbers.every(Number.isFinite))
    throw new FileFormatError(file, "transform of the volume", "16 numbers", `${numbers.length}`);
  // The numbers are in metres to the power told; we have mm.
  const mm = 10 ** (wholeAttribute(transform, "MeterExponent", file) + 3);
  const rows = [0, 1, 2].map((row) => numbers.slice(4 * row, 4 * row + 4).map((x) => x * mm));
  return { shape: [nx, ny, nz], affine: [...rows, [0, 0, 0, 1]] };
}
