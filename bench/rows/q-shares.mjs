import { library, normal } from "../data.mjs";

const [nSpheres, nItems, nModels] = [3000, 36, 3];
const nPairs = (nItems * (nItems - 1)) / 2;
const { sharesRdms } = await library("index.js");

const rows = ({ data, shape }) =>
  Array.from({ length: shape[0] }, (_, i) => data.subarray(i * nPairs, (i + 1) * nPairs));

export const row = {
  name: "shares",
  title:
    "shares of 3 models in 3,000 spheres of 36 items, ranks (a tenth of the 30,000 spheres of a brain), by sharesRdms",
  baseline: "scipy and numpy: ranks once a sphere, least squares for each set of models",
  threads: [1],
  targets: { 1: 10 },
  tolerance: 1e-9,
  make: () => ({
    data: { data: normal(nSpheres * nPairs, 83), shape: [nSpheres, nPairs] },
    models: { data: normal(nModels * nPairs, 84), shape: [nModels, nPairs] },
  }),
  ours: ({ data, models }) =>
    Promise.resolve(sharesRdms(rows(data), rows(models), { ranks: true }).of("r2").scores),
  python: `
from itertools import combinations
from scipy.stats import rankdata
def run(arrays):
    models = np.array([rankdata(model) for model in arrays["models"]])
    models -= models.mean(axis=1, keepdims=True)
    sets = [list(c) for size in (1, 2, 3) for c in combinations(range(3), size)]
    found = []
    for sphere in arrays["data"]:
        y = rankdata(sphere)
        y -= y.mean()
        total = y @ y
        row = []
        for members in sets:
            X = models[members].T
            left = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
            row.append(1 - (left @ left) / total)
        found.append(row)
    return np.array(found)
`,
};
