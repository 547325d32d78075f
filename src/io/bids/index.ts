export { bidsName, parseBidsName, type BidsName, type BidsNameParts } from "./bids-name.ts";
export { openBids } from "./open-bids.ts";
export type { BidsData, BidsFileQuery } from "./bids-data.ts";
export type { BidsFile, BidsMissing, BidsPlaces, BidsRun, BidsRunQuery } from "./types.ts";
export { bidsLabel } from "./bids-label.ts";
export { writeBidsMap } from "./write-bids-map.ts";
export { writeBidsVertices } from "./write-bids-vertices.ts";
export { writeBidsTable, type BidsTableOptions } from "./write-bids-table.ts";
export type { BidsOutputOptions } from "./write-derivative.ts";
