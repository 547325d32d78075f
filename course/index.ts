export type { ExerciseName, GivenOf } from "./check.ts";
export { check } from "./check.ts";
export type { Exercise, Mistake, Verdict } from "./judge.ts";
export { NotDone, todo } from "./not-done.ts";
