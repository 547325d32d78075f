import { library, normal } from "../data.mjs";
import { rdmsOf } from "./w7-spearman-5x10.mjs";

const nItems = 2985;
const n = (nItems * (nItems - 1)) / 2;
const { compareRdms } = await library("index.js");

export const row = {
  name: "W7-tau",
  title: "Kendall tau-a of 2 × 4 RDMs of 2,985 items (4,453,620 pairs), by compareRdms",
  baseline: "MNE-RSA's _kendall_tau_a",
  targets: { 1: 10, 2: 18 },
  tolerance: 1e-12,
  make: () => ({
    data: { data: normal(2 * n, 72), shape: [2, n] },
    models: { data: normal(4 * n, 73), shape: [4, n] },
  }),
  prepare: rdmsOf,
  ours: async (arrays, jobs) => {
    const [data, models] = rdmsOf(arrays);
    return (await compareRdms(data, models, { method: "tau-a", jobs, onProgress: false })).scores;
  },
  python: `
from mne_rsa.rsa import _kendall_tau_a
def run(arrays):
    return np.array([[_kendall_tau_a(a, b) for b in arrays["models"]] for a in arrays["data"]])
`,
};
