import { firstLevelRow } from "../first-level-row.mjs";

export const row = firstLevelRow("ar1", {
  ...{ title: "AR(1)", targets: { 1: 8, 2: 8 } },
  // A voxel within rounding of a bin of ρ may fall into its neighbour.
  tolerance: 1e-2,
});
