export { readBidsRuns, type BidsGlmRuns, type ReadBidsRunsOptions } from "./read-bids-runs.ts";
