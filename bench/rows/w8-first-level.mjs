import { library } from "../data.mjs";
import { boldSeries, eventsOf, imageOf, modelOf, motion } from "../glm-data.mjs";

const { firstLevel } = await library("mri/index.js");
const events = eventsOf(40, 3, 9);

export const row = {
  name: "W8-ar1",
  title: "first-level model with AR(1), 200 volumes × 52,131 voxels in memory, 16 columns",
  baseline: 'nilearn run_glm(noise_model="ar1") on the same array and design',
  targets: { 1: 8, 2: 8 },
  // A voxel within rounding of a bin of ρ may fall into its neighbour.
  tolerance: 1e-2,
  make: () => ({ bold: boldSeries(), design: modelOf(events).design }),
  async ours({ bold }, jobs) {
    const run = { image: imageOf(bold), events, confounds: motion() };
    const fitted = await firstLevel(run, { ...modelOf(events).model, jobs, onProgress: false });
    return fitted.betas[0].data;
  },
  python: `
from nilearn.glm.first_level import run_glm
def run(arrays):
    Y, X = np.ascontiguousarray(arrays["bold"].T), arrays["design"]
    labels, results = run_glm(Y, X, noise_model="ar1")
    betas = np.empty((X.shape[1], Y.shape[1]))
    for label, result in results.items():
        betas[:, labels == label] = result.theta
    return betas
`,
};
