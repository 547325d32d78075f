export { fisherMean } from "./fisher-mean.ts";
export { peakLatency, type PeakLatency } from "./peak-latency.ts";
export { summarizePeople, type PeopleOptions, type PeopleSummary } from "./summarize-people.ts";
export type { CompareModelsOptions, Winners } from "./models-of-people.ts";
