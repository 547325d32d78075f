import { library } from "../data.mjs";
import { pixelsAndVoxels, regressionOf } from "./w5-ridge.mjs";

const [nTargets, nFolds] = [200, 5];
const { lassoTargets } = await library("compute/lasso-targets.js");

/** Each feature centred and of length 1 over all rows, as LassoLarsCV's `normalize` of old made them. */
function ofLengthOne({ data, shape: [nRows, nFeatures] }) {
  const scaled = Float64Array.from(data);
  for (let f = 0; f < nFeatures; f++) {
    let sum = 0;
    for (let row = 0; row < nRows; row++) sum += scaled[row * nFeatures + f];
    let squares = 0;
    for (let row = 0; row < nRows; row++)
      squares += (scaled[row * nFeatures + f] -= sum / nRows) ** 2;
    for (let row = 0; row < nRows; row++) scaled[row * nFeatures + f] /= Math.sqrt(squares);
  }
  return { data: scaled, shape: [nRows, nFeatures] };
}

export const row = {
  name: "W6",
  title: "LassoLarsCV, 10 steps, 5 folds, features of length 1: 2,860 × 100 → 200 voxels",
  baseline:
    "scikit-learn LassoLarsCV(max_iter=10) voxel by voxel, on the same features of length 1",
  targets: { 1: 100, 2: 100 },
  tolerance: 1e-10,
  make() {
    const { stimuli, voxels } = pixelsAndVoxels(nTargets);
    return { stimuli: ofLengthOne(stimuli), voxels };
  },
  async ours({ stimuli, voxels }, jobs, engine) {
    const regression = regressionOf(stimuli, voxels, nFolds);
    const options = { normalize: false, maxIterations: 10 };
    return (await lassoTargets(regression, options, { jobs }, engine)).coef;
  },
  python: `
import warnings
from sklearn.linear_model import LassoLarsCV
warnings.simplefilter("ignore")
def run(arrays):
    X, Y = arrays["stimuli"], arrays["voxels"]
    return np.array([LassoLarsCV(max_iter=10, cv=5).fit(X, Y[:, v]).coef_ for v in range(Y.shape[1])])
`,
};
