import { object, share } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { readNifti } from "../../io/nifti/index.ts";
import type { Volume } from "../grid.ts";
import { Atlas, wholeLabels } from "./atlas.ts";
import { isProbabilistic, probableLabels } from "./probable-labels.ts";
import { regionNames, type RegionNames } from "./region-names.ts";

/** What {@link readAtlas} takes. */
export interface ReadAtlasOptions {
  /** Names by number, or the file that has them. Default: regions are called by their number. */
  readonly names?: RegionNames;
  /** Of a probabilistic atlas (a volume a region): how probable a region must be in a voxel. Default 0.25. */
  readonly threshold?: number;
}

const readAtlasNames: OptionNames<ReadAtlasOptions> = {
  names: (value, argument) => {
    if (typeof value !== "string") object(value, argument);
  },
  threshold: share,
};

/**
 * Read an atlas: an image with the number of a region in each voxel, and the names of the regions. Names without a voxel
 * are listed as `absent` and shift no others. Of a probabilistic atlas, which has a volume a region, each voxel is of its
 * most probable region (numbered from 1) where that reaches `threshold`; the atlas's `notes` say so.
 *
 * @param image - a NIfTI file, or a volume in memory.
 * @throws InvalidArgument for labels that are not whole numbers (the atlas was interpolated), two regions of one name, or
 *   no region; FileFormatError; MissingFile.
 * @example
 * import { readAtlas } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Int16Array.of(0, 7, 7, 9), shape: [4, 1, 1], affine };
 * const atlas = await readAtlas(image, { names: { 7: "V1", 8: "V2" } });
 * atlas.regions.map(({ name }) => name); // [ "V1", "9" ]
 */
export async function readAtlas(
  image: FileInput | Volume,
  options: ReadAtlasOptions = {},
): Promise<Atlas> {
  checkOptions(options, readAtlasNames);
  const volume: Volume = isVolume(image) ? image : await readNifti(image);
  const names = await regionNames(options.names);
  if (!isProbabilistic(volume)) return new Atlas(volume, wholeLabels(volume), names);
  const { labels, notes } = probableLabels(volume, options.threshold);
  return new Atlas(volume, labels, names, notes);
}

function isVolume(image: FileInput | Volume): image is Volume {
  return typeof image === "object" && "affine" in image && "data" in image;
}
