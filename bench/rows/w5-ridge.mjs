import { library, normal, uniform } from "../data.mjs";

const [nRows, nFeatures, nTargets, nFolds] = [2860, 100, 5438, 10];
const { ridgeUnits } = await library("compute/ridge-units.js");

/** Pixels 0 and 1, and voxels with a mean of their own. */
export function pixelsAndVoxels(nVoxels) {
  const next = uniform(5);
  const stimuli = Float64Array.from({ length: nRows * nFeatures }, () => (next() < 0.5 ? 0 : 1));
  const voxels = normal(nRows * nVoxels, 6);
  for (let row = 0; row < nRows; row++)
    for (let v = 0; v < nVoxels; v++) {
      const pixel = row * nFeatures + (v % nFeatures);
      const other = row * nFeatures + ((7 * v + 3) % nFeatures);
      voxels[row * nVoxels + v] += 0.4 * stimuli[pixel] - 0.3 * stimuli[other] + 1;
    }
  return {
    stimuli: { data: stimuli, shape: [nRows, nFeatures] },
    voxels: { data: voxels, shape: [nRows, nVoxels] },
  };
}

/** The data as the compute kernels take them, cut into consecutive folds. */
export function regressionOf(stimuli, voxels, nFolds) {
  const [rows, features] = stimuli.shape;
  return {
    features: stimuli.data,
    targets: voxels.data,
    nRows: rows,
    nFeatures: features,
    nTargets: voxels.shape[1],
    segmentOf: Int32Array.from({ length: rows }, (_, r) => Math.floor((r * nFolds) / rows)),
    nSegments: nFolds,
    intercept: true,
  };
}

export const row = {
  name: "W5",
  title: "ridge, 10 folds, R² of each: 2,860 × 100 → 5,438 voxels",
  baseline: "scikit-learn Ridge, KFold and r2_score",
  targets: { 1: 6, 2: 11 },
  tolerance: 1e-10,
  make: () => pixelsAndVoxels(nTargets),
  async ours({ stimuli, voxels }, jobs, engine) {
    const regression = regressionOf(stimuli, voxels, nFolds);
    const units = Array.from({ length: nFolds }, (_, fold) => ({
      without: [fold, -1],
      tested: fold,
      alpha: 100,
    }));
    return (await ridgeUnits(regression, units, {}, { jobs }, engine)).r2;
  },
  python: `
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold
def run(arrays):
    X, Y = arrays["stimuli"], arrays["voxels"]
    scores = []
    for train, test in KFold(10).split(X):
        predicted = Ridge(alpha=100.0).fit(X[train], Y[train]).predict(X[test])
        scores.append(r2_score(Y[test], predicted, multioutput="raw_values"))
    return np.array(scores)
`,
};
