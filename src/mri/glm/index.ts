export { Design, type DesignRecord } from "./design.ts";
export { designMatrix, type DesignMatrixOptions, type EventModelOptions } from "./design-matrix.ts";
export type { DriftModel } from "./drifts.ts";
export type { EventOptions } from "./events.ts";
export type { FrameTimeOptions } from "./frame-times.ts";
export { hrf, type HrfKernel, type HrfOptions } from "./hrf.ts";
export type { HrfModel } from "./response-kernels.ts";
