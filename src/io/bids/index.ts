export { bidsName, parseBidsName, type BidsName, type BidsNameParts } from "./bids-name.ts";
export { openBids } from "./open-bids.ts";
export type { BidsData, BidsFileQuery } from "./bids-data.ts";
export type { BidsFile, BidsMissing, BidsPlaces, BidsRun, BidsRunQuery } from "./types.ts";
