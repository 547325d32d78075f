export { readVertexSeries, type ReadVertexSeriesOptions } from "./read-vertex-series.ts";
export { joinResiduals } from "./join-residuals.ts";
