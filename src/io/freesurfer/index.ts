export { readFreesurferAnnot, type FreesurferAnnot } from "./annot.ts";
export type { AnnotEntry } from "./colour-table.ts";
export { readFreesurferCurv, type ReadFreesurferCurvOptions } from "./curvature.ts";
export { readFreesurferGeometry, type FreesurferGeometry } from "./geometry.ts";
export { readFreesurferLabel, type FreesurferLabel } from "./label.ts";
export type { Ras, VolumeGeometry } from "./volume-geometry.ts";
export { writeFreesurferAnnot, type FreesurferParcels } from "./write-annot.ts";
export { writeFreesurferCurv } from "./write-curvature.ts";
export { writeFreesurferGeometry, type FreesurferSurface } from "./write-geometry.ts";
