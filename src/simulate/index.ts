export { simulateData, type SimulateDataOptions, type SimulatedData } from "./simulate-data.ts";
