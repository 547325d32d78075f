import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { matrix } from "../../core/matrix.ts";
import { Budget } from "../budget/budget.ts";
import { readNifti } from "../nifti/index.ts";
import { parseXml, type XmlElement } from "../xml/parse-xml.ts";
import { countOf, readAxis } from "./axes.ts";
import type { CiftiFile } from "./types.ts";

/** How to read a CIFTI file. */
export interface ReadCiftiOptions {
  /** Most bytes that its values may take. Default for a packed file: 192 MiB, or 200 values for each of its bytes. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<ReadCiftiOptions> = { maxBytes: true, signal: true };
const ciftiCode = 32;

/**
 * Read a CIFTI-2 file (`.dscalar.nii`, `.dtseries.nii`, `.dlabel.nii`, `.pscalar.nii`, `.ptseries.nii`, `.dconn.nii`):
 * its values, and what each axis runs over: maps, times, vertices and voxels, parcels. Agrees with `nibabel.load`.
 *
 * @throws FileFormatError when it is damaged, or its axes are not those of its values; Unsupported for CIFTI-1;
 *   MissingFile.
 * @example
 * import { readCifti } from "tsrsa/io";
 * async function leftCortex(path: string) {
 *   const { axes } = await readCifti(path);
 *   const [, brain] = axes;
 *   return brain.kind === "brain" ? brain.models.find((m) => m.structure === "CORTEX_LEFT") : undefined;
 * }
 */
export async function readCifti(
  input: FileInput,
  options: ReadCiftiOptions = {},
): Promise<CiftiFile> {
  checkOptions(options, optionNames);
  const image = await readNifti(input, options);
  const file = typeof input === "string" ? input : input instanceof URL ? input.href : "(CIFTI)";
  const extension = image.extensions.find(({ code }) => code === ciftiCode);
  if (extension === undefined)
    throw new FileFormatError(file, "extensions", "one of code 32 with the axes", "none", {
      advice: "this is no CIFTI-2 file; read other images with readNifti",
    });
  const shape = shapeOf(image.shape, file);
  const maps = mapsOf(extension.bytes, file);
  const axes = [0, 1].map((axis) => {
    const found = readAxis(mapOf(maps, axis, file), file);
    if (countOf(found) !== shape[axis])
      throw new FileFormatError(
        file,
        `axis ${axis}`,
        `${shape[axis]} elements, as the values have`,
        `${countOf(found)}`,
      );
    return found;
  });
  return {
    values: matrix(image.data, shape),
    axes: [axes[0], axes[1]],
    intentCode: image.details.intentCode,
  };
}

function shapeOf(shape: readonly number[], file: string): number[] {
  const [first, second] = shape.slice(4);
  if (shape.length === 6 && shape.slice(0, 4).every((length) => length === 1))
    return [first, second];
  throw new FileFormatError(file, "shape", "1 × 1 × 1 × 1 × A × B", `(${shape.join(", ")})`);
}

function mapsOf(bytes: Uint8Array, file: string): readonly XmlElement[] {
  const end = bytes.indexOf(0);
  const budget = new Budget(file, bytes.length, { ratio: 200 });
  const text = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  const root = parseXml(text, { file, budget });
  if (root.name !== "CIFTI")
    throw new FileFormatError(file, "first element", "CIFTI", root.name.slice(0, 40));
  const version = root.attributes.get("Version") ?? "none";
  if (!/^2(\.|$)/.test(version))
    throw new Unsupported(
      `${file} is CIFTI version ${version.slice(0, 10)}`,
      "convert it with Connectome Workbench: wb_command -file-convert -cifti-version-convert IN 2 OUT",
    );
  const matrices = root.children.filter(({ name }) => name === "Matrix");
  return matrices.flatMap(({ children }) =>
    children.filter(({ name }) => name === "MatrixIndicesMap"),
  );
}

function mapOf(maps: readonly XmlElement[], axis: number, file: string): XmlElement {
  const found = maps.filter(({ attributes }) =>
    (attributes.get("AppliesToMatrixDimension") ?? "").split(",").map(Number).includes(axis),
  );
  if (found.length === 1) return found[0];
  throw new FileFormatError(file, `axis ${axis}`, "one MatrixIndicesMap", `${found.length}`);
}
