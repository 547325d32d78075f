import { ShapeMismatch } from "../../core/errors.ts";
import { openNifti } from "../nifti/index.ts";
import type { Metadata } from "./read-json.ts";

/** What the header of an image says of its volumes. */
export interface ImageTimes {
  readonly nVolumes: number;
  readonly repetitionTimeS: number | null;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, unknown: 1 };

/** Read the header of an image. Throws `FileFormatError`. */
export async function imageTimes(path: string): Promise<ImageTimes> {
  const image = await openNifti(path);
  const { zooms, units, nVolumes } = image;
  await image.close();
  const seconds = (zooms[3] ?? 0) * (secondsOf[units.time] ?? 0);
  // 1 is what programs write who do not know it.
  return { nVolumes, repetitionTimeS: seconds > 0 && seconds !== 1 ? seconds : null };
}

/** One place that says how many seconds are between volumes. */
export interface SaidTime {
  readonly where: string;
  readonly seconds: number | null;
}

/** Largest difference of two times between volumes that is rounding, in seconds. */
const rounding = 1e-3;

/** The first that says it, none of them against the others. Throws `ShapeMismatch`. */
export function agreedTime(said: readonly SaidTime[]): number | null {
  const known = said.filter(({ seconds }) => seconds !== null);
  if (known.length === 0) return null;
  const [first] = known;
  for (const { where, seconds } of known)
    if (Math.abs(Number(seconds) - Number(first.seconds)) > rounding)
      throw new ShapeMismatch(
        `a repetition time of ${first.seconds} s, as in ${first.where}`,
        `${seconds} s in ${where}`,
        "one of the two is wrong: correct the file",
      );
  return first.seconds;
}

/** A number of metadata; null for what is none. */
export function numberIn(metadata: Metadata, key: string): number | null {
  const value = metadata[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Whether a sidecar speaks of times between volumes, and not in one number of seconds. */
export function saysNoTime(metadata: Metadata): boolean {
  const speaks = ["RepetitionTime", "VolumeTiming"].some((key) => Object.hasOwn(metadata, key));
  return speaks && numberIn(metadata, "RepetitionTime") === null;
}

/** To which moment slices were shifted: as said, else 0 where it is said that they were not; null where nobody says. */
export function startTime(metadata: Metadata): number | null {
  const said = numberIn(metadata, "StartTime");
  if (said !== null) return said;
  return metadata.SliceTimingCorrected === false ? 0 : null;
}
