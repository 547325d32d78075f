export { simulateData, type SimulateDataOptions, type SimulatedData } from "./simulate-data.ts";
export { simulatePeople, type SimulatePeopleOptions } from "./simulate-people.ts";
export {
  layOutInTime,
  layOutInVolume,
  layOutOnSurface,
  type LaidOutInTime,
  type LaidOutInVolume,
  type LayOutInTimeOptions,
  type LayOutInVolumeOptions,
  type LayOutOnSurfaceOptions,
} from "./layouts.ts";
export type { PowerTestName } from "./power/named-test.ts";
export type { PowerPilot } from "./power/pilot.ts";
export type { OneOrMore } from "./power/plans.ts";
export { PowerResult, type PowerOfPlan, type PowerResultParts } from "./power/power-result.ts";
export {
  rsaPower,
  type RsaPowerOptions,
  type StudySource,
  type StudyTest,
} from "./power/rsa-power.ts";
export type { SimulatedStudy, StudyDraw, StudyPlan } from "./power/study.ts";
