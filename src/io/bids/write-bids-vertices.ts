import { InvalidArgument } from "../../core/errors.ts";
import { isRecord, listOf, thing } from "../../core/gate/kinds.ts";
import { writeGifti, type GiftiContent } from "../gifti/index.ts";
import { writeDerivative, type BidsOutputOptions } from "./write-derivative.ts";

const areArrays = listOf(thing("an array with its values", "values"));

/** What a viewer knows a hemisphere by. */
const structures: Readonly<Record<string, string>> = { L: "CortexLeft", R: "CortexRight" };

/**
 * Write values of the vertices of one hemisphere (`.func.gii`) into a folder of derivatives, as {@link writeBidsMap}
 * writes images: named as BIDS names it, with a sidecar that says what it was made of. Returns the path.
 *
 * @throws InvalidArgument for entities without `hemi`, and as {@link writeBidsMap}.
 * @example
 * import { writeBidsVertices } from "tsrsa";
 * async function save(scores: Float64Array, bold: string) {
 *   const values = { data: scores, shape: [scores.length] };
 *   return writeBidsVertices("derivatives/tsrsa", { arrays: [{ intent: "NONE", values }] }, {
 *     entities: { sub: "01", task: "objects", hemi: "L", space: "fsaverage5", stat: "t" },
 *     sources: [bold],
 *   });
 * }
 */
export async function writeBidsVertices(
  folder: string,
  content: GiftiContent,
  options: BidsOutputOptions,
): Promise<string> {
  if (!isRecord(options)) throw new InvalidArgument("options", options, "name the entities");
  if (!isRecord(content))
    throw new InvalidArgument("content", content, "give { arrays } of one hemisphere");
  areArrays(content.arrays, "content.arrays");
  const { hemi, space } = options.entities ?? {};
  const structure = typeof hemi === "string" ? structures[hemi] : undefined;
  if (structure === undefined)
    throw new InvalidArgument("entities.hemi", hemi, 'a file is of one hemisphere: "L" or "R"');
  const meta = new Map([["AnatomicalStructurePrimary", structure], ...(content.meta ?? [])]);
  return writeDerivative(
    folder,
    {
      extension: ".func.gii",
      suffix: "statmap",
      metadata: typeof space === "string" ? { SpatialReference: space } : {},
      write: (path) => writeGifti(path, { ...content, meta }),
    },
    options,
  );
}
