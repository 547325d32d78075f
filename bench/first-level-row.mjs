// What the rows of first-level models share.
import { library } from "./data.mjs";
import { boldSeries, eventsOf, imageOf, modelOf, motion } from "./glm-data.mjs";

const { firstLevel } = await library("mri/index.js");
const events = eventsOf(40, 3, 9);

/** A row of W8 with such a model of the noise, "ols" or "ar1". */
export function firstLevelRow(noise, { title, targets, tolerance }) {
  return {
    name: `W8-${noise}`,
    title: `first-level model with ${title}, 200 volumes × 52,131 voxels in memory, 16 columns`,
    baseline: `nilearn run_glm(noise_model="${noise}") on the same array and design`,
    targets,
    tolerance,
    make: () => ({ bold: boldSeries(), design: modelOf(events).design }),
    async ours({ bold }, jobs) {
      const run = { image: imageOf(bold), events, confounds: motion() };
      const how = { ...modelOf(events).model, noise, jobs, onProgress: false };
      return (await firstLevel(run, how)).betas[0].data;
    },
    python: `
from nilearn.glm.first_level import run_glm
def run(arrays):
    Y, X = np.ascontiguousarray(arrays["bold"].T), arrays["design"]
    labels, results = run_glm(Y, X, noise_model="${noise}")
    betas = np.empty((X.shape[1], Y.shape[1]))
    for label, result in results.items():
        betas[:, labels == label] = result.theta
    return betas
`,
  };
}
