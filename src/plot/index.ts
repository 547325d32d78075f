export { Figure, type FigureParts, type PngOptions } from "./figure.ts";
export { plotRdms } from "./rdms/plot-rdms.ts";
export type { PlotRdmsOptions } from "./rdms/options.ts";
export { plotRdmMovie, type PlotRdmMovieOptions } from "./rdm-movie/plot-rdm-movie.ts";
export { plotTimeCourse, type PlotTimeCourseOptions } from "./time-course/plot-time-course.ts";
export type { TimeCourse } from "./time-course/series.ts";
export { plotImages, type PlotImagesOptions } from "./images/plot-images.ts";
export type { PixelImage } from "./images/image-url.ts";
export { plotDiagram, type DiagramBox, type PlotDiagramOptions } from "./diagram/plot-diagram.ts";
export { plotPower, type PlotPowerOptions } from "./power/plot-power.ts";
export { plotFigure, type PlotFigureOptions } from "./plot-figure.ts";
export * from "./stat-map/index.ts";
export {
  plotDistribution,
  type NamedValues,
  type PlotDistributionOptions,
} from "./distribution/plot-distribution.ts";
export type { Heatmap } from "./heatmap/heatmap.ts";
export { plotHeatmap, type PlotHeatmapOptions } from "./heatmap/plot-heatmap.ts";
export type { ModelComparison, ModelScore, PairTest } from "./model-comparison/comparison.ts";
export {
  plotModelComparison,
  type PlotModelComparisonOptions,
} from "./model-comparison/plot-model-comparison.ts";
export { plotProfiles, type PlotProfilesOptions } from "./profiles/plot-profiles.ts";
export type { Profile } from "./profiles/profile.ts";
export { plotSurfaceMap } from "./surface-map/plot-surface-map.ts";
export { viewSurfaceMap } from "./surface-map/view-surface-map.ts";
export type { PlotSurfaceMapOptions, SurfaceMarker } from "./surface-map/surface-map-options.ts";
export type { SurfaceMapLike } from "./surface-map/surface-values.ts";
export type { SurfaceView } from "./surface-map/surface-view.ts";
export { plotSurface, type PlotSurfaceOptions } from "./surface/plot-surface.ts";
export type { PlotMdsOptions } from "./mds/options.ts";
export { plotMds } from "./mds/plot-mds.ts";
export { liveMds, type LiveMds } from "./live-mds/live-mds.ts";
export type { LiveMdsOptions } from "./live-mds/options.ts";
export type { PixelPlace } from "./receptive-fields/fields.ts";
export {
  plotReceptiveFields,
  type PlotReceptiveFieldsOptions,
} from "./receptive-fields/plot-receptive-fields.ts";
export { plotPredictions, type PlotPredictionsOptions } from "./pairs/plot-predictions.ts";
export { plotTraining } from "./pairs/plot-training.ts";
export { plotTopomap } from "./topomap/plot-topomap.ts";
export type { SensorValues } from "./topomap/sensor-values.ts";
export type { PlotTopomapOptions } from "./topomap/topomap-options.ts";
export { plotRdmsTopo, type PlotRdmsTopoOptions } from "./topomap/plot-rdms-topo.ts";
export { plotModelMap, type PlotModelMapOptions } from "./model-map/plot-model-map.ts";
export { plotRdmScatter, type PlotRdmScatterOptions } from "./rdm-scatter/plot-rdm-scatter.ts";
export { plotJoint, type PlotJointOptions } from "./topomap/plot-joint.ts";
export type { TimeMapOptions } from "./time-map/map-figure.ts";
export { plotTfr, type PlotTfrOptions } from "./time-map/plot-tfr.ts";
export { plotTimeTime } from "./time-map/plot-time-time.ts";
export { plotShares, type PlotSharesOptions } from "./shares/plot-shares.ts";
