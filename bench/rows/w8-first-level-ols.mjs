import { firstLevelRow } from "../first-level-row.mjs";

export const row = firstLevelRow("ols", {
  ...{ title: "OLS", targets: { 1: 1, 2: 1 } },
  tolerance: 1e-8,
});
