import { library, normal } from "../data.mjs";

const nRdms = 199;
const n = (450 * 449) / 2;
const { compareRdms, Rdm } = await library("index.js");

let lists;

/** RDMs of the rows, made once: that is no part of the comparison. */
function rdmsOf({ a, b }) {
  const rows = ({ data: all, shape }) =>
    Array.from({ length: shape[0] }, (_, i) => new Rdm(all.subarray(i * n, (i + 1) * n)));
  lists ??= [rows(a), rows(b)];
  return lists;
}

export const row = {
  name: "many",
  title: "Spearman of 199 × 199 RDMs of 450 items (101,025 pairs), by compareRdms",
  baseline: "rsatoolbox.rdm.compare, in numpy: ranks of each RDM, one product of the two stacks",
  targets: { 1: 9, 2: 15 },
  tolerance: 1e-12,
  make: () => ({
    a: { data: normal(nRdms * n, 80), shape: [nRdms, n] },
    b: { data: normal(nRdms * n, 81), shape: [nRdms, n] },
  }),
  prepare: rdmsOf,
  ours: async (arrays, jobs) => {
    const [a, b] = rdmsOf(arrays);
    return (await compareRdms(a, b, { method: "spearman", jobs, onProgress: false })).scores;
  },
  python: `
from rsatoolbox.rdm import RDMs, compare
def run(arrays):
    return compare(RDMs(arrays["a"]), RDMs(arrays["b"]), method="spearman")
`,
};
