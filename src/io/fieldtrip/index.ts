export { isFieldTrip, readFieldTrip, type ReadFieldTripOptions } from "./read-fieldtrip.ts";
