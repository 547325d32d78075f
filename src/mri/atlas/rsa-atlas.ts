import { checkOptions } from "../../core/gate/options.ts";
import type { RdmInput } from "../../rdm/rdm-list.ts";
import { nameOf } from "../../rsa/comparisons/resolve.ts";
import type { FunctionalData } from "../functional-data.ts";
import { rsaAtlasNames, type RsaAtlasOptions } from "./atlas-options.ts";
import { AtlasScores } from "./atlas-scores.ts";
import type { Atlas } from "./atlas.ts";
import { scoreAtlas } from "./score-atlas.ts";

/**
 * RSA between a functional image and models in every region of an atlas: the RDM of a region (see {@link rdmNifti}) is
 * compared with every model. A voxel counts when it is in the brain mask, finite and not the same in all patterns.
 *
 * The result is a table of regions and models, with maps, RDMs and a heat map's values. Several people's results are put
 * together with {@link groupAtlas}.
 *
 * @param image - what {@link rsaNifti} takes: an image, runs, or patterns of `trialBetas`.
 * @throws ShapeMismatch for an atlas on another grid; InvalidArgument when no region is large enough; and as `rsaNifti`.
 * @example
 * import { Rdm, readAtlas, rsaAtlas } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 3, 4, 2), shape: [4, 1, 1, 3], affine };
 * const atlas = await readAtlas({ data: Int16Array.of(1, 1, 2, 2), shape: [4, 1, 1], affine });
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const scores = await rsaAtlas(image, atlas, model, { labels: ["a", "b", "c"], leastVoxels: 2, metric: "euclidean" });
 * scores.regions.length; // 2
 */
export async function rsaAtlas(
  image: FunctionalData,
  atlas: Atlas,
  models: RdmInput,
  options: RsaAtlasOptions = {},
): Promise<AtlasScores> {
  checkOptions(options, rsaAtlasNames);
  const { models: matched, ...found } = await scoreAtlas(image, atlas, models, options);
  return new AtlasScores({
    ...found,
    modelNames: matched.map((model, at) => model.name ?? `model ${at + 1}`),
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
  });
}
