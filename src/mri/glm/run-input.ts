import { finite, listOf, numbers, object, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { TableLike } from "../../table/as-table.ts";
import type { DataSource, FunctionalData } from "../functional-data.ts";
import { checkTr } from "./frame-times.ts";

/** One run of a functional experiment. */
export interface GlmRun {
  /** Its volumes: an image, an open file, a file, or time courses. */
  readonly image: FunctionalData;
  /** Its events, as `readTsv` reads them: `onset`, `duration`, `trial_type` (or `item`). */
  readonly events: TableLike;
  /** Time courses of the model beside events, one row a volume, as {@link readConfounds} reads them. */
  readonly confounds?: TableLike;
  /** Numbers of the volumes that count, from 0, ascending. Default: all. */
  readonly sampleMask?: ArrayLike<number>;
  /** Seconds from volume to volume. Default: that of the options, else of the file. */
  readonly tr?: number;
  /** See {@link FrameTimeOptions}. Default: that of the options, else 0. */
  readonly sliceTimeRef?: number;
  /** What the run is called. Default its number from 1. */
  readonly name?: string;
}

const runNames: OptionNames<GlmRun> = {
  image: true,
  events: object,
  confounds: object,
  sampleMask: numbers,
  tr: true,
  sliceTimeRef: finite,
  name: true,
};

/** What is the same for all runs. */
export interface RunDefaults {
  readonly tr?: number;
  readonly sliceTimeRef?: number;
}

/** Runs as given, checked; one run may stand for a list of one. */
export function toRuns(runs: GlmRun | readonly GlmRun[]): readonly GlmRun[] {
  const list = Array.isArray(runs) ? (runs as readonly GlmRun[]) : [runs as GlmRun];
  if (list.length === 0) throw new InvalidArgument("runs", "none", "give one run or more");
  listOf(thing("a run with its image and events", "image", "events"))(list, "runs");
  for (const run of list) checkOptions(run, runNames);
  refuseOneName(list);
  return list;
}

/** Runs are told apart by name: two of one would be one fold, or one run counted twice. */
function refuseOneName(list: readonly GlmRun[]): void {
  const names = list.map(nameOfRun);
  names.forEach((name, at) => {
    const other = names.indexOf(name);
    if (other === at) return;
    throw new InvalidArgument(
      `runs[${at}].name`,
      name,
      `runs[${other}] has it, too; give each run its own name, and each run once`,
    );
  });
}

/** What a run is called. */
export function nameOfRun(run: GlmRun, at: number): string {
  return run.name ?? String(at + 1);
}

/** Largest difference of two times between volumes that is rounding, in seconds. */
const sameTr = 1e-3;

const secondsOf: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, unknown: 1 };

/** Seconds from volume to volume: as said, and not against what the file says. Throws `ShapeMismatch`. */
export function trOf(run: GlmRun, defaults: RunDefaults, { header }: DataSource): number {
  const said = run.tr ?? defaults.tr;
  if (said !== undefined) checkTr(said);
  const inFile = (header.zooms?.[3] ?? 0) * (secondsOf[header.units?.time ?? "s"] ?? 0);
  if (said === undefined) {
    if (!(inFile > 0))
      throw new InvalidArgument(
        "tr",
        undefined,
        "the file does not say it; give the seconds from volume to volume",
      );
    checkTr(inFile);
    return inFile;
  }
  // 1 is what programs write who do not know it.
  if (inFile > 0 && inFile !== 1 && Math.abs(inFile - said) > sameTr)
    throw new ShapeMismatch(
      `a TR of ${said} s, as said`,
      `${inFile} s in the header of the image`,
      "one of the two is wrong: correct the header, or say the other",
    );
  return said;
}
