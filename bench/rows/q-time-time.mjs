import { library, normal } from "../data.mjs";

const nRdms = 199;
const n = (450 * 449) / 2;
const { Rdm, timeTimeRdms } = await library("index.js");

let rdms;

/** RDMs of the rows, made once: that is no part of the comparison. */
function rdmsOf({ data }) {
  rdms ??= Array.from(
    { length: nRdms },
    (_, t) => new Rdm(data.data.subarray(t * n, (t + 1) * n), { meta: { timeS: t / 200 } }),
  );
  return rdms;
}

export const row = {
  name: "time-time",
  title: "time × time: 199 RDMs of 450 items with each other, Spearman, by timeTimeRdms",
  baseline: "numpy and scipy: ranks of each RDM once, one product",
  targets: { 1: 4, 2: 7 },
  tolerance: 1e-12,
  make: () => ({ data: { data: normal(nRdms * n, 82), shape: [nRdms, n] } }),
  prepare: rdmsOf,
  ours: async (arrays, jobs) => {
    const all = rdmsOf(arrays);
    return (await timeTimeRdms(all, all, { jobs, onProgress: false })).scores;
  },
  python: `
from scipy.stats import rankdata
def run(arrays):
    ranks = np.array([rankdata(row) for row in arrays["data"]])
    ranks -= ranks.mean(axis=1, keepdims=True)
    ranks /= np.linalg.norm(ranks, axis=1, keepdims=True)
    return ranks @ ranks.T
`,
};
