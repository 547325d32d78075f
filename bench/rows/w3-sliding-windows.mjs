import { library, normal } from "../data.mjs";
import { productsOfWindows, rankedAndCentred } from "../windows.mjs";

const [nItems, nChannels, nSamples, radius] = [450, 26, 243, 22];
const nPairs = (nItems * (nItems - 1)) / 2;
const multiply = productsOfWindows(await library("compute/sliding-windows.js"));

export const row = {
  name: "W3",
  title: "199 windows × 450 items × 26 channels × 45 samples, 2 models, Spearman",
  baseline: "MNE-RSA's calls: pdist, rankdata, corrcoef, models ranked once",
  targets: { 1: 25, 2: 48 },
  tolerance: 1e-12,
  make: () => ({
    data: { data: normal(nItems * nChannels * nSamples, 3), shape: [nItems, nChannels, nSamples] },
    models: { data: normal(2 * nPairs, 4), shape: [2, nPairs] },
  }),
  async ours({ data, models }, jobs, engine) {
    const list = [0, 1].map((m) => models.data.subarray(m * nPairs, (m + 1) * nPairs));
    const prepared = rankedAndCentred(list);
    const series = { nItems, nChannels, nSamples, radius };
    const found = await multiply(data.data, series, prepared, { jobs }, engine);
    return found.products.map((product, k) => {
      const squares = found.squaredNorms[k >> 1] * prepared.squaredNorms[k & 1];
      return product / Math.sqrt(squares);
    });
  },
  python: `
from scipy.spatial.distance import pdist
from scipy.stats import rankdata
def run(arrays):
    data = arrays["data"]
    ranked = [rankdata(model) for model in arrays["models"]]
    scores = []
    for first in range(data.shape[2] - 44):
        patch = data[:, :, first:first + 45].reshape(len(data), -1)
        ranks = rankdata(pdist(patch, "correlation"))
        scores.append([np.corrcoef(ranks, model)[0, 1] for model in ranked])
    return np.array(scores)
`,
};
