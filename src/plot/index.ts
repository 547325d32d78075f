export { Figure, type FigureParts, type PngOptions } from "./figure.ts";
export { plotRdms } from "./rdms/plot-rdms.ts";
export type { PlotRdmsOptions } from "./rdms/options.ts";
export { plotTimeCourse, type PlotTimeCourseOptions } from "./time-course/plot-time-course.ts";
export type { TimeCourse } from "./time-course/series.ts";
export { plotImages, type PlotImagesOptions } from "./images/plot-images.ts";
export type { PixelImage } from "./images/image-url.ts";
export { plotFigure, type PlotFigureOptions } from "./plot-figure.ts";
export * from "./stat-map/index.ts";
export {
  plotDistribution,
  type NamedValues,
  type PlotDistributionOptions,
} from "./distribution/plot-distribution.ts";
