import { library, normal } from "../data.mjs";

const { rsaNifti, rdmNifti } = await library("mri/index.js");
const { Rdm } = await library("rdm/rdm.js");

const [side, nItems, nRuns, nRows] = [13, 16, 4, 100];
const nVoxels = side ** 3;
/** Spheres of the other side, one in a hundred: all would take two minutes. */
const measured = 22;
const nPairs = (nItems * (nItems - 1)) / 2;
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const rows = Array.from({ length: nItems * nRuns }, (_, at) => at);
const labels = rows.map((at) => `i${String(at % nItems).padStart(2, "0")}`);
const folds = rows.map((at) => Math.floor(at / nItems));
const radiusMm = 9.01;

/** Centres of the other side, spread over the volume. */
const centres = Array.from({ length: measured }, (_, k) => k * Math.floor(nVoxels / measured));

export const row = {
  name: "W8-crossnobis",
  title:
    "crossnobis with the noise of each sphere, 2,197 spheres of up to 123 voxels, 400 residual volumes, 16 items × 4 runs, scored with a model; RDMs of 22 compared",
  baseline: "a plain loop of rsatoolbox over spheres (prec_from_residuals, calc_rdm)",
  part: { share: measured / nVoxels, title: "22 of the 2,197 spheres" },
  targets: { 1: 10, 2: 20 },
  tolerance: 1e-9,
  make: () => ({
    patterns: {
      data: normal(nVoxels * nItems * nRuns, 31),
      shape: [side, side, side, nItems * nRuns],
    },
    residuals: { data: normal(nVoxels * nRows * nRuns, 32), shape: [nRuns, nRows, nVoxels] },
    centres: { data: Float64Array.from(centres), shape: [measured] },
  }),
  async ours({ patterns, residuals }, jobs) {
    const size = nRows * nVoxels;
    const list = Array.from({ length: nRuns }, (_, run) => ({
      data: residuals.data.subarray(run * size, (run + 1) * size),
      shape: [nRows, nVoxels],
      dof: nRows - 10,
    }));
    const image = { ...patterns, affine };
    const how = { labels, folds, metric: "crossnobis", radiusMm, noise: { residuals: list } };
    const items = labels.slice(0, nItems);
    const model = new Rdm(normal(nPairs, 33), { items, name: "m" });
    await rsaNifti(image, model, { ...how, jobs, onProgress: false });
    const rdms = await rdmNifti(image, how);
    return Float64Array.from(centres.flatMap((at) => Array.from(rdms.at(at).condensed)));
  },
  python: `
import rsatoolbox
from rsatoolbox.data import Dataset, noise
def run(arrays):
    P = arrays["patterns"].reshape(-1, ${nItems * nRuns}).T
    R = arrays["residuals"]
    grid = np.stack(np.meshgrid(*[np.arange(${side})] * 3, indexing="ij"), -1).reshape(-1, 3) * 3.0
    item, fold = np.tile(np.arange(${nItems}), ${nRuns}), np.repeat(np.arange(${nRuns}), ${nItems})
    found = []
    for centre in arrays["centres"].astype(int):
        near = np.flatnonzero(((grid - grid[centre]) ** 2).sum(1) < ${radiusMm} ** 2)
        E = np.concatenate([r[:, near] - r[:, near].mean(0) for r in R])
        precision = noise.prec_from_residuals(E, dof=${nRuns} * (${nRows} - 10), method="shrinkage_diag")
        data = Dataset(P[:, near], obs_descriptors={"item": item, "run": fold})
        rdm = rsatoolbox.rdm.calc_rdm(data, method="crossnobis", descriptor="item", noise=precision, cv_descriptor="run")
        found.append(rdm.dissimilarities[0])
    return np.concatenate(found)
`,
};
