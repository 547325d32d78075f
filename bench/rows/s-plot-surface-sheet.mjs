import { pictureRow } from "./s-plot-surface-map.mjs";

export const row = pictureRow(
  "S-sheet",
  "plotSurfaceMap of 20,484 vertices, a sheet of eight pictures, with its PNG",
  ["lateral", "medial", "ventral", "dorsal"],
  4000,
);
