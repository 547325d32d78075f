import { halfCortex } from "../cortex.mjs";
import { library, normal } from "../data.mjs";

const { rsaStcs, SourceEstimates } = await library("sources/index.js");
const { Rdm } = await library("rdm/rdm.js");
const [nItems, nTimes, perHalf, radiusM] = [25, 23, 2562, 0.02];
const nPairs = (nItems * (nItems - 1)) / 2;

/** In metres, as source spaces are. */
function inMetres(side) {
  const { points, triangles } = halfCortex(side);
  return { points: { ...points, data: points.data.map((mm) => mm / 1000) }, triangles };
}

function spaceOf(hemisphere, points, triangles) {
  const vertices = Int32Array.from({ length: perHalf }, (_, at) => at);
  const none = { subject: undefined, usedTriangles: undefined, nearest: undefined };
  return {
    ...{ kind: "surface", hemisphere, frame: "mri", points, normals: points, vertices },
    ...{ triangles: { ...triangles, data: Int32Array.from(triangles.data) } },
    ...{ ...none, distances: undefined, gridShape: undefined },
  };
}

export const row = {
  name: "S-rsa-stcs",
  title:
    "rsaStcs, 5,124 sources on 20,484 vertices, radius 2 cm, 23 samples, 25 items, 2 models, Spearman; ours with its ways along the mesh",
  baseline: "mne_rsa.rsa_stcs, its distances between sources known",
  targets: { 1: 10 },
  threads: [1],
  tolerance: 1e-10,
  make() {
    const [left, right] = [inMetres("left"), inMetres("right")];
    const size = nItems * 2 * perHalf * nTimes;
    return {
      data: { data: normal(size, 31), shape: [nItems, 2 * perHalf, nTimes] },
      models: { data: normal(2 * nPairs, 32), shape: [2, nPairs] },
      left: left.points,
      right: right.points,
      triangles: { ...left.triangles, data: Float64Array.from(left.triangles.data) },
    };
  },
  async ours({ data, models, left, right, triangles }, jobs) {
    const sourceSpaces = [spaceOf("left", left, triangles), spaceOf("right", right, triangles)];
    const vertices = sourceSpaces.map((space) => space.vertices);
    const parts = { data, vertices, kind: "surface", tminS: 0, tstepS: 0.01 };
    const items = Array.from({ length: nItems }, (_, at) => String(at));
    const rdms = [0, 1].map(
      (m) => new Rdm(models.data.slice(m * nPairs, (m + 1) * nPairs), { items, name: `${m}` }),
    );
    const scores = await rsaStcs(new SourceEstimates(parts), rdms, {
      ...{ labels: items, sourceSpaces, spatialRadiusM: radiusM, jobs, onProgress: false },
    });
    return rdms.flatMap(({ name }) => Array.from(scores.toEstimates(name).data.data));
  },
  python: `
import mne, mne_rsa
mne.set_log_level("error")
def prepare(arrays):
    triangles = arrays["triangles"].astype(int)
    def space(points, id):
        n = len(points)
        inuse = np.zeros(n, int)
        inuse[:${perHalf}] = 1
        return dict(type="surf", id=id, np=n, ntri=len(triangles), coord_frame=mne.io.constants.FIFF.FIFFV_COORD_MRI,
            rr=points, nn=points / np.linalg.norm(points, axis=1)[:, None], tris=triangles, nuse=${perHalf}, inuse=inuse,
            vertno=np.arange(${perHalf}), nuse_tri=0, use_tris=None, nearest=None, nearest_dist=None, pinfo=None,
            patch_inds=None, dist=None, dist_limit=None, subject_his_id="s")
    spaces = mne.SourceSpaces([space(arrays["left"], 101), space(arrays["right"], 102)])
    mne.add_source_space_distances(spaces, dist_limit=np.inf)
    stcs = [mne.SourceEstimate(one, [np.arange(${perHalf})] * 2, 0, 0.01, subject="s") for one in arrays["data"]]
    return stcs, list(arrays["models"]), spaces
def run(state):
    stcs, models, spaces = state
    found = mne_rsa.rsa_stcs(stcs, models, src=spaces, spatial_radius=${radiusM}, verbose=False)
    return np.concatenate([one.data.ravel() for one in found])
`,
};
