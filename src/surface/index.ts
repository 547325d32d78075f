export { ceilingSurface, type CeilingSurfaceOptions } from "./ceiling-surface.ts";
export { geodesicDistances, type GeodesicOptions, type Reach } from "./geodesic-distances.ts";
export { mapSurface, type MapSurfaceOptions } from "./map-surface.ts";
export type { Halves } from "./hemispheres.ts";
export type { Mesh } from "./mesh-edges.ts";
export { meshNeighbours } from "./mesh-neighbours.ts";
export type { MorphSmoothing } from "./morph-values.ts";
export { readParcels, type HalfParcels, type Parcels } from "./parcels.ts";
export { rsaSurface, type RsaSurfaceOptions } from "./rsa-surface.ts";
export {
  sharesSurface,
  SurfaceShares,
  type SharesSurfaceOptions,
  type SurfaceSharesParts,
} from "./shares-surface.ts";
export { smoothOnMesh, type SmoothOnMeshOptions } from "./smooth-on-mesh.ts";
export {
  readSurfaceData,
  type HalfData,
  type VertexValues,
  type SurfaceData,
  type SurfaceRun,
  type SurfaceSource,
} from "./surface-data.ts";
export { SurfaceMaps, type SurfaceMapsParts } from "./surface-maps.ts";
export type { SurfaceSearchlightOptions } from "./surface-searchlight.ts";
export { vertexAreas } from "./vertex-areas.ts";
export type { PeopleSurfaces, PeopleSurfacesOptions } from "./people-surfaces.ts";
export {
  SurfaceWeights,
  weightsSurface,
  type SurfaceWeightsParts,
  type WeightsSurfaceOptions,
} from "./weights-surface.ts";
