import type { Random } from "../../../src/core/random.ts";
import { nVolumes, repetitionTimeS } from "./experiment.ts";

const parameters = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"] as const;

/** Shifts in mm and turns in radians of a head, a course a parameter. */
export type Motion = readonly Float64Array[];

/** A head that wanders a little: about 0.1 mm from volume to volume. */
export function drawMotion(random: Random): Motion {
  return parameters.map((name) => {
    const scale = name.startsWith("rot") ? 0.0008 : 0.04;
    const course = new Float64Array(nVolumes);
    let value = 0;
    for (let t = 0; t < nVolumes; t++) {
      value = 0.97 * value + scale * random.normal();
      course[t] = value;
    }
    return course;
  });
}

/** Each course with mean 0 and SD 1: what moves the signal. */
export function standardised(motion: Motion): Float64Array[] {
  return motion.map((course) => {
    const mean = course.reduce((sum, value) => sum + value, 0) / course.length;
    const sd = Math.sqrt(
      course.reduce((sum, value) => sum + (value - mean) ** 2, 0) / course.length,
    );
    return course.map((value) => (value - mean) / sd);
  });
}

/** The text of `desc-confounds_timeseries.tsv`: columns and missing values as fMRIPrep writes them. */
export function confoundsText(motion: Motion, random: Random): string {
  const columns = new Map<string, readonly (number | null)[]>();
  for (const name of ["csf", "white_matter", "global_signal"])
    columns.set(
      name,
      slow(random).map((value) => 900 + 3 * value),
    );
  columns.set(
    "std_dvars",
    later(Array.from({ length: nVolumes }, () => 1 + 0.1 * random.normal())),
  );
  columns.set("framewise_displacement", later(displacement(motion)));
  for (const term of [0, 1]) columns.set(`cosine0${term}`, cosine(term + 1));
  for (let at = 0; at < 5; at++)
    columns.set(
      `a_comp_cor_0${at}`,
      slow(random).map((v) => v / 8),
    );
  parameters.forEach((name, at) => addParameter(columns, name, [...motion[at]]));
  const rows = Array.from({ length: nVolumes }, (_, t) =>
    [...columns.values()].map((values) => values[t]?.toPrecision(8) ?? "n/a").join("\t"),
  );
  return `${[...columns.keys()].join("\t")}\n${rows.join("\n")}\n`;
}

function addParameter(
  columns: Map<string, readonly (number | null)[]>,
  name: string,
  course: readonly number[],
): void {
  const change = course.map((value, t) => value - (course[t - 1] ?? 0));
  columns.set(name, course);
  columns.set(`${name}_derivative1`, later(change));
  columns.set(
    `${name}_power2`,
    course.map((value) => value ** 2),
  );
  columns.set(`${name}_derivative1_power2`, later(change.map((value) => value ** 2)));
}

/** The first volume has no volume before it. */
function later(values: readonly number[]): (number | null)[] {
  return values.map((value, t) => (t === 0 ? null : value));
}

function displacement(motion: Motion): number[] {
  const inMm = motion.map((course, at) => (at < 3 ? course : course.map((turn) => 50 * turn)));
  return Array.from({ length: nVolumes }, (_, t) =>
    inMm.reduce((sum, course) => sum + Math.abs(course[t] - (course[t - 1] ?? course[t])), 0),
  );
}

function slow(random: Random): number[] {
  let value = random.normal();
  return Array.from({ length: nVolumes }, () => (value = 0.8 * value + 0.6 * random.normal()));
}

function cosine(k: number): number[] {
  const scale = Math.sqrt(2 / nVolumes);
  return Array.from(
    { length: nVolumes },
    (_, t) => scale * Math.cos((Math.PI * k * (t + 0.5)) / nVolumes),
  );
}

/** What the sidecar says of the columns. */
export function confoundsSidecar(): Record<string, unknown> {
  const compCor = Array.from({ length: 5 }, (_, at) => [
    `a_comp_cor_0${at}`,
    {
      CumulativeVarianceExplained: 0.1 * (at + 1),
      Mask: "combined",
      Method: "aCompCor",
      Retained: true,
    },
  ]);
  return Object.fromEntries([
    ["framewise_displacement", { Description: "framewise displacement", Units: "mm" }],
    ...compCor,
    ["highpass", { Cutoff: 128, RepetitionTime: repetitionTimeS }],
  ]) as Record<string, unknown>;
}
