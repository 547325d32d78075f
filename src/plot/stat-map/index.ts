export { plotGlassBrain, type PlotGlassBrainOptions } from "./plot-glass-brain.ts";
export { viewStatMap, type ViewStatMapOptions } from "./view-stat-map.ts";
export { plotStatMap } from "./plot-stat-map.ts";
export type { MapFigureOptions, MapMarker, PlotStatMapOptions } from "./options.ts";
export type { Cuts as MapCuts } from "./cuts.ts";
export type { MapPalette, MapScale } from "./map-colours.ts";
