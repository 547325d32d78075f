import { library, normal, uniform } from "../data.mjs";

const [nItems, nData, nModels] = [2985, 5, 10];
const groups = { of: Int32Array.from({ length: nData }, (_, i) => i), count: nData };
const n = (nItems * (nItems - 1)) / 2;
const { withItemSamples } = await library("compute/item-samples.js");
const { comparedSample } = await library("rsa/eval/sampled.js");
const { spearman } = await library("rsa/comparisons/spearman.js");
const { ComputeEngine, platformThreads } = await library("compute/compute-engine.js");
const { twinBackend, wasmBackend } = await library("compute/backend.js");

/** The item drawn at each place, as float64 so that Python reads it too. */
function draw() {
  const next = uniform(75);
  return Float64Array.from({ length: nItems }, () => Math.floor(next() * nItems));
}

/** For each number of threads a bootstrap that waits for its next sample, as evalBootstrap is inside. */
const open = new Map();

function bootstrap({ rdms }, jobs) {
  const known = open.get(jobs);
  if (known !== undefined) return known;
  const vectors = Array.from({ length: nData + nModels }, (_, i) =>
    rdms.data.subarray(i * n, (i + 1) * n),
  );
  // An engine runs one job at a time, and each of these stays open.
  const engine = new ComputeEngine(
    platformThreads,
    async () => (await wasmBackend()) ?? twinBackend(),
  );
  const samples = new Promise((resolve) => {
    const job = { jobs, onProgress: false };
    void withItemSamples(
      vectors,
      nItems,
      "ranks",
      job,
      (found) => {
        resolve(found);
        return new Promise(() => {});
      },
      engine,
    );
  });
  open.set(jobs, samples);
  return samples;
}

export const row = {
  name: "W7-boot",
  title: "one bootstrap resample of 5 × 10 RDMs of 2,985 items, Spearman, RDMs sorted before",
  baseline: "numpy and scipy: each RDM subsampled and ranked once, 50 correlations",
  targets: { 1: 40, 2: 75 },
  tolerance: 1e-12,
  make: () => ({
    rdms: { data: normal((nData + nModels) * n, 74), shape: [nData + nModels, n] },
    items: { data: draw(), shape: [nItems] },
  }),
  ours: async (arrays, jobs) => {
    const samples = await bootstrap(arrays, jobs);
    const times = new Float64Array(nItems);
    for (const item of arrays.items.data) times[item]++;
    return (await comparedSample(await samples.draw(times), groups, spearman.product)).scores;
  },
  python: `
from scipy.stats import rankdata
from scipy.spatial.distance import squareform
def run(arrays):
    items = np.sort(arrays["items"].astype(int))
    pairs = np.triu_indices(len(items), 1)
    different = items[pairs[0]] != items[pairs[1]]
    first, second = pairs[0][different], pairs[1][different]
    sides = []
    for rdm in arrays["rdms"]:
        sample = squareform(rdm)[np.ix_(items, items)][first, second]
        ranks = rankdata(sample)
        ranks -= ranks.mean()
        sides.append(ranks / np.sqrt(ranks @ ranks))
    return np.array([[a @ b for b in sides[5:]] for a in sides[:5]])
`,
};
