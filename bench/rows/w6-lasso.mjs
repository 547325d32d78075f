import { library } from "../data.mjs";
import { pixelsAndVoxels, regressionOf } from "./w5-ridge.mjs";

const [nTargets, nFolds] = [200, 5];
const { lassoTargets } = await library("compute/lasso-targets.js");

export const row = {
  name: "W6",
  title: "LassoLarsCV, 10 steps, 5 folds: 2,860 × 100 → 200 voxels",
  baseline: "scikit-learn LassoLarsCV(max_iter=10) voxel by voxel, features of length 1",
  targets: { 1: 45, 2: 60 },
  tolerance: 1e-10,
  make: () => pixelsAndVoxels(nTargets),
  async ours({ stimuli, voxels }, jobs, engine) {
    const regression = regressionOf(stimuli, voxels, nFolds);
    const options = { normalize: true, maxIterations: 10 };
    return (await lassoTargets(regression, options, { jobs }, engine)).coef;
  },
  python: `
import inspect, warnings
from sklearn.linear_model import LassoLarsCV
warnings.simplefilter("ignore")
# Of scikit-learn from 1.4 on, which has no normalize any more, the coefficients are of another definition.
options = {"normalize": True} if "normalize" in inspect.signature(LassoLarsCV).parameters else {}
def run(arrays):
    X, Y = arrays["stimuli"], arrays["voxels"]
    return np.array([LassoLarsCV(max_iter=10, cv=5, **options).fit(X, Y[:, v]).coef_ for v in range(Y.shape[1])])
`,
};
