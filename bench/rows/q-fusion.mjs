import { library, normal } from "../data.mjs";

const [nTimes, nSpheres, nItems] = [200, 600, 118];
const n = (nItems * (nItems - 1)) / 2;
const { fuse, Rdm } = await library("index.js");

let sides;

/** RDMs of the rows, made once: that is no part of the comparison. */
function rdmsOf({ meg, fmri }) {
  sides ??= [
    Array.from(
      { length: nTimes },
      (_, t) => new Rdm(meg.data.subarray(t * n, (t + 1) * n), { meta: { timeS: t / 200 } }),
    ),
    Array.from(
      { length: nSpheres },
      (_, k) => new Rdm(fmri.data.subarray(k * n, (k + 1) * n), { name: `sphere ${k}` }),
    ),
  ];
  return sides;
}

export const row = {
  name: "fusion",
  title: "fusion of 200 MEG RDMs with 600 spheres of 118 items (a tenth of 6,000 spheres), by fuse",
  baseline: "scipy and numpy: ranks of each RDM once, one product",
  targets: { 1: 5, 2: 8 },
  tolerance: 1e-12,
  make: () => ({
    meg: { data: normal(nTimes * n, 86), shape: [nTimes, n] },
    fmri: { data: normal(nSpheres * n, 87), shape: [nSpheres, n] },
  }),
  prepare: rdmsOf,
  ours: async (arrays, jobs) => {
    const [meg, fmri] = rdmsOf(arrays);
    return (await fuse(meg, fmri, { jobs, onProgress: false })).scores;
  },
  python: `
from scipy.stats import rankdata
def unit(rows):
    ranks = np.array([rankdata(row) for row in rows])
    ranks -= ranks.mean(axis=1, keepdims=True)
    return ranks / np.linalg.norm(ranks, axis=1, keepdims=True)
def run(arrays):
    return unit(arrays["fmri"]) @ unit(arrays["meg"]).T
`,
};
