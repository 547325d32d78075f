export { readVertexSeries, type ReadVertexSeriesOptions } from "./read-vertex-series.ts";
