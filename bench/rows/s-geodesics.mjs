import { halfCortex } from "../cortex.mjs";
import { library } from "../data.mjs";

const { geodesicDistances } = await library("surface/index.js");
const [nSources, limit] = [2562, 20];

export const row = {
  name: "S-geodesics",
  title: "ways along a mesh of 10,242 vertices from 2,562 of them, up to 20 mm",
  baseline: "scipy.sparse.csgraph.dijkstra with the limit, its graph known",
  targets: { 1: 2 },
  threads: [1],
  tolerance: 1e-9,
  make() {
    const { points, triangles } = halfCortex("left");
    return { points, triangles: { ...triangles, data: Float64Array.from(triangles.data) } };
  },
  async ours({ points, triangles }) {
    const from = Int32Array.from({ length: nSources }, (_, at) => at);
    const reaches = await geodesicDistances({ points, triangles }, from, {
      limit,
      onProgress: false,
    });
    return reaches.map(({ distances }) => distances.reduce((sum, way) => sum + way, 0));
  },
  python: `
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
def prepare(arrays):
    points, triangles = arrays["points"], arrays["triangles"].astype(int)
    a = triangles[:, [0, 1, 2]].ravel()
    b = triangles[:, [1, 2, 0]].ravel()
    lengths = np.linalg.norm(points[a] - points[b], axis=1)
    # Each edge is in two triangles, once in each direction.
    return csr_matrix((lengths, (a, b)), shape=(len(points), len(points)))
def run(graph):
    ways = dijkstra(graph, directed=True, indices=np.arange(${nSources}), limit=${limit})
    return np.where(np.isfinite(ways), ways, 0).sum(axis=1)
`,
};
