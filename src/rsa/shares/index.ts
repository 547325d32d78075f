export type { PlacedShares, PlaceShares, PlaceSharesParts } from "./place-shares.ts";
export { RdmShares, type RdmSharesParts } from "./rdm-shares.ts";
export { shareQuantities, type ShareQuantity } from "./share-quantity.ts";
export { sharesRdms, type ShareOptions, type SharesRdmsOptions } from "./shares-rdms.ts";
