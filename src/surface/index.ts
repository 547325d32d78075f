export { geodesicDistances, type GeodesicOptions, type Reach } from "./geodesic-distances.ts";
export type { Mesh } from "./mesh-edges.ts";
