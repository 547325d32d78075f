import { library, normal } from "../data.mjs";

const nItems = 2985;
const n = (nItems * (nItems - 1)) / 2;
const { compareRdms, Rdm } = await library("index.js");

let lists;

/** RDMs of the rows, made once: that is no part of the comparison. */
export function rdmsOf({ data, models }) {
  const rows = ({ data: all, shape }) =>
    Array.from({ length: shape[0] }, (_, i) => new Rdm(all.subarray(i * n, (i + 1) * n)));
  lists ??= [rows(data), rows(models)];
  return lists;
}

export const row = {
  name: "W7",
  title: "Spearman of 5 × 10 RDMs of 2,985 items (4,453,620 pairs), by compareRdms",
  baseline: "50 calls of scipy's spearmanr",
  targets: { 1: 60, 2: 100 },
  part: { share: 0.2, title: "the first of the five data RDMs only" },
  tolerance: 1e-12,
  make: () => ({
    data: { data: normal(5 * n, 70), shape: [5, n] },
    models: { data: normal(10 * n, 71), shape: [10, n] },
  }),
  prepare: rdmsOf,
  ours: async (arrays, jobs) => {
    const [data, models] = rdmsOf(arrays);
    return (await compareRdms(data, models, { method: "spearman", jobs, onProgress: false }))
      .scores;
  },
  python: `
from scipy.stats import spearmanr
def run(arrays):
    return np.array([[spearmanr(a, b).statistic for b in arrays["models"]] for a in arrays["data"][:1]])
`,
};
