import { library, uniform } from "../data.mjs";

const [nItems, nFeatures] = [450, 20_736];
const { gramRdm } = await library("compute/gram-rdm.js");

export const row = {
  name: "W1",
  title: "correlation RDM, 450 items × 20,736 pixels",
  baseline: "scipy pdist",
  targets: { 1: 12, 2: 22 },
  tolerance: 1e-12,
  make() {
    const next = uniform(1);
    const rows = Float64Array.from({ length: nItems * nFeatures }, () => Math.floor(next() * 256));
    return { rows: { data: rows, shape: [nItems, nFeatures] } };
  },
  ours: ({ rows }, jobs, engine) =>
    gramRdm(rows.data, nItems, nFeatures, "correlation", { jobs }, engine),
  python: `
from scipy.spatial.distance import pdist
def run(arrays):
    return pdist(arrays["rows"], "correlation")
`,
};
