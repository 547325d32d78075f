export { testTimeTime, type TestTimeTimeOptions, type TimeTimeTest } from "./test-time-time.ts";
export { laggedRdms, type LaggedRdms, type LaggedRdmsOptions } from "./lagged-rdms.ts";
export { TimeTime, type TimeTimeParts } from "./time-time.ts";
export { timeTimeRdms, type TimeTimeOptions, type TimeTimeRdmsOptions } from "./time-time-rdms.ts";
