import { library, normal } from "../data.mjs";

const [nItems, nFeatures] = [450, 512];
const { gramRdm } = await library("compute/gram-rdm.js");

export const row = {
  name: "W2",
  title: "correlation RDM, 450 items × 512 features",
  baseline: "scipy pdist",
  targets: { 1: 3.4, 2: 5.5 },
  tolerance: 1e-12,
  make: () => ({
    rows: { data: normal(nItems * nFeatures, 2), shape: [nItems, nFeatures] },
  }),
  ours: ({ rows }, jobs, engine) =>
    gramRdm(rows.data, nItems, nFeatures, "correlation", { jobs }, engine),
  python: `
from scipy.spatial.distance import pdist
def run(arrays):
    return pdist(arrays["rows"], "correlation")
`,
};
