import { library } from "../data.mjs";
import { boldSeries, eventsOf, imageOf, modelOf, motion } from "../glm-data.mjs";

const { trialBetas } = await library("mri/index.js");
const nTrials = 80;
const events = eventsOf(nTrials, 10, 4.5);
/** Designs of the other side, of 80: a model a trial for all would take a minute. */
const measured = 8;

export const row = {
  name: "W8-lss",
  title:
    "single trials (LSS), 80 trials, 200 volumes × 52,131 voxels in memory; mean betas of 8 trials compared",
  baseline: "nilearn run_glm(noise_model='ols') on the same array, a design a trial",
  part: { share: measured / nTrials, title: "8 of the 80 trials" },
  targets: { 1: 10, 2: 10 },
  tolerance: 1e-9,
  make: () => {
    const designs = Array.from({ length: measured }, (_, trial) => {
      const names = events.trial_type.map((_, at) => (at === trial ? "trial" : "others"));
      return modelOf({ ...events, trial_type: names }).design;
    });
    const [{ shape }] = designs;
    const data = Float64Array.from(designs.flatMap((design) => Array.from(design.data)));
    return { bold: boldSeries(), designs: { data, shape: [measured, ...shape] } };
  },
  async ours({ bold }, jobs) {
    const run = { image: imageOf(bold), events, confounds: motion() };
    const betas = await trialBetas(run, { ...modelOf(events).model, jobs, onProgress: false });
    return Float64Array.from(
      { length: measured },
      (_, trial) =>
        betas.pattern(trial).reduce((sum, value) => sum + value, 0) / betas.pattern(trial).length,
    );
  },
  // Columns are in the order of their names: others, trial.
  python: `
from nilearn.glm.first_level import run_glm
def run(arrays):
    Y = np.ascontiguousarray(arrays["bold"].T)
    sums = []
    for X in arrays["designs"]:
        labels, results = run_glm(Y, X, noise_model="ols")
        sums.append(sum(result.theta[1].sum() for result in results.values()) / Y.shape[1])
    return np.array(sums)
`,
};
