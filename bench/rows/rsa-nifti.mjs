import { library, normal } from "../data.mjs";
import { brainMask, size } from "../volume.mjs";

const { rsaNifti } = await library("mri/index.js");
const { Rdm } = await library("rdm/rdm.js");

const [nItems, nModels, nVoxels] = [36, 3, 20_000];
const nPairs = (nItems * (nItems - 1)) / 2;
const affine = [
  [3, 0, 0, -60],
  [0, 3, 0, -70],
  [0, 0, 3, -50],
  [0, 0, 0, 1],
];
const shape = [...size, nItems];

export const row = {
  name: "rsa-nifti",
  title: "rsaNifti whole, 20,000 voxels, radius 10 mm at 3 mm, 36 items, 3 models, Spearman",
  baseline: "mne_rsa.rsa_nifti on the same image in memory",
  targets: { 1: 45, 2: 85 },
  tolerance: 1e-12,
  make: () => ({
    image: { data: normal(size[0] * size[1] * size[2] * nItems, 10), shape },
    mask: { data: Float64Array.from(brainMask(nVoxels)), shape: size },
    models: { data: normal(nModels * nPairs, 11), shape: [nModels, nPairs] },
  }),
  async ours({ image, mask, models }, jobs) {
    const rdms = Array.from(
      { length: nModels },
      (_, m) => new Rdm(models.data.slice(m * nPairs, (m + 1) * nPairs), { name: `model ${m}` }),
    );
    const brain = { ...mask, affine };
    const options = { radiusMm: 10, brainMask: brain, jobs, onProgress: false };
    return (await rsaNifti({ ...image, affine }, rdms, options)).scores;
  },
  python: `
import nibabel, mne_rsa
def prepare(arrays):
    affine = np.diag([3.0, 3, 3, 1])
    affine[:3, 3] = [-60, -70, -50]
    return [nibabel.Nifti1Image(arrays[name], affine) for name in ("image", "mask")] + [list(arrays["models"])]
def run(state):
    image, mask, models = state
    maps = mne_rsa.rsa_nifti(image, models, spatial_radius=0.01, brain_mask=mask)
    inside = np.asarray(mask.dataobj) != 0
    return np.array([np.asarray(map.dataobj)[inside] for map in maps])
`,
};
