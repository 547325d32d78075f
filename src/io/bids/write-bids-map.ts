import { isRecord, thing } from "../../core/gate/kinds.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { writeNifti, type NiftiInput } from "../nifti/index.ts";
import { bidsLabels } from "./bids-label.ts";
import { writeDerivative, type BidsOutputOptions } from "./write-derivative.ts";

const isMap = thing("a map with data, shape and affine", "data", "shape", "affine");

/**
 * Write a map (or several by name) into a folder of derivatives as BIDS names it, with a sidecar that says what it was
 * made of: sources and their hashes, function and options, version. The folder becomes a data set of its own
 * (`dataset_description.json`); names that the standard does not have are in its `.bidsignore`. Several maps are told
 * apart by `desc`, made of their names. Returns the paths.
 *
 * @param folder - of the derivatives, as `DATA/derivatives/tsrsa`.
 * @throws InvalidArgument where the file is there already, for entities that are none, for two names that become one
 *   label, and for a folder of recorded data; DiskFull, NotAllowed.
 * @example
 * import { writeBidsMap, type RsaMaps } from "tsrsa";
 * async function save(maps: RsaMaps, bold: string) {
 *   return writeBidsMap("derivatives/tsrsa", maps.map("categories"), {
 *     entities: { sub: "01", task: "objects", space: "T1w", desc: "categories", stat: "spearman" },
 *     sources: [bold],
 *     function: "rsaNifti",
 *     options: { ...maps.record },
 *   });
 * }
 */
export async function writeBidsMap(
  folder: string,
  maps: NiftiInput | Readonly<Record<string, NiftiInput>>,
  options: BidsOutputOptions,
): Promise<string[]> {
  if (!isRecord(options)) throw new InvalidArgument("options", options, "name the entities");
  if (isSingle(maps)) return [await writeOne(folder, maps, options)];
  if (!isRecord(maps)) throw new InvalidArgument("maps", maps, "give a map, or maps by name");
  const entries = Object.entries(maps);
  for (const [name, map] of entries) isMap(map, `maps.${name}`);
  const labels = bidsLabels(entries.map(([name]) => name));
  const paths: string[] = [];
  for (const [at, [name, map]] of entries.entries()) {
    const entities = { ...options.entities, desc: labels[at] };
    const description =
      options.description === undefined ? name : `${options.description}: ${name}`;
    paths.push(await writeOne(folder, map, { ...options, entities, description }));
  }
  return paths;
}

function isSingle(maps: unknown): maps is NiftiInput {
  return typeof maps === "object" && maps !== null && "data" in maps && "affine" in maps;
}

function writeOne(folder: string, map: NiftiInput, options: BidsOutputOptions): Promise<string> {
  isMap(map, "map");
  const space = options.entities?.space;
  return writeDerivative(
    folder,
    {
      extension: ".nii.gz",
      suffix: "statmap",
      metadata: typeof space === "string" ? { SpatialReference: space } : {},
      write: (path) => writeNifti(path, map),
    },
    options,
  );
}
