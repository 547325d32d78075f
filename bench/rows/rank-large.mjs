import { library, normal } from "../data.mjs";

const n = (2985 * 2984) / 2;
const { rankVectors } = await library("compute/rank-vectors.js");

export const row = {
  name: "rank",
  title: "average ranks of 4,453,620 values",
  baseline: "scipy rankdata",
  targets: { 1: 10, 2: 18 },
  tolerance: 0,
  make: () => ({ values: { data: normal(n, 5), shape: [n] } }),
  ours: async ({ values }, jobs, engine) =>
    (await rankVectors([values.data], { jobs }, engine))[0].ranks,
  python: `
from scipy.stats import rankdata
def run(arrays):
    return rankdata(arrays["values"])
`,
};
