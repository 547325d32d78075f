// What the searchlight rows share.
import { library, normal } from "./data.mjs";
import { brainPositions, patchesOf, sphereLists } from "./volume.mjs";

const { scoreSearchlight } = await library("searchlight/index.js");

const N_MODELS = 3;

/** A row of W4 with so many items. */
export function searchlightRow(nItems, targets) {
  const nPairs = (nItems * (nItems - 1)) / 2;
  let patches;
  return {
    name: `W4-${nItems}`,
    title: `searchlight, 31,584 centres, radius 10 mm at 3 mm, ${nItems} items, 3 models, Spearman`,
    baseline: "MNE-RSA's calls: pdist, rankdata, corrcoef, models ranked once, patches known",
    targets,
    tolerance: 1e-12,
    make() {
      const positions = brainPositions();
      const nVoxels = positions.length / 3;
      const { voxels, starts } = sphereLists(positions);
      return {
        data: { data: normal(nItems * nVoxels, 8), shape: [nItems, nVoxels] },
        models: { data: normal(N_MODELS * nPairs, 9), shape: [N_MODELS, nPairs] },
        voxels: { data: voxels, shape: [voxels.length] },
        starts: { data: starts, shape: [starts.length] },
      };
    },
    async ours({ data, models, voxels, starts }, jobs) {
      const list = Array.from({ length: N_MODELS }, (_, m) =>
        models.data.subarray(m * nPairs, (m + 1) * nPairs),
      );
      patches ??= patchesOf(data.shape[1], voxels.data, starts.data);
      const { scores } = await scoreSearchlight(data, patches, list, { jobs, onProgress: false });
      return scores;
    },
    python: `
from scipy.spatial.distance import pdist
from scipy.stats import rankdata
def prepare(arrays):
    starts = arrays["starts"].astype(int)
    voxels = arrays["voxels"].astype(int)
    patches = [voxels[a:b] for a, b in zip(starts[:-1], starts[1:])]
    return arrays["data"], [rankdata(model) for model in arrays["models"]], patches
def run(state):
    data, ranked, patches = state
    scores = np.empty((len(ranked), len(patches)))
    for at, patch in enumerate(patches):
        ranks = rankdata(pdist(data[:, patch], "correlation"))
        for m, model in enumerate(ranked):
            scores[m, at] = np.corrcoef(ranks, model)[0, 1]
    return scores
`,
  };
}
