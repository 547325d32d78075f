export { geodesicDistances, type GeodesicOptions, type Reach } from "./geodesic-distances.ts";
export type { Mesh } from "./mesh-edges.ts";
export { meshNeighbours } from "./mesh-neighbours.ts";
export type { MorphSmoothing } from "./morph-values.ts";
export { smoothOnMesh, type SmoothOnMeshOptions } from "./smooth-on-mesh.ts";
export { vertexAreas } from "./vertex-areas.ts";
