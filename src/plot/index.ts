export { Figure, type FigureParts, type PngOptions } from "./figure.ts";
export { plotRdms } from "./rdms/plot-rdms.ts";
export type { PlotRdmsOptions } from "./rdms/options.ts";
