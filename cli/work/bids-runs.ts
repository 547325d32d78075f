import { InvalidArgument } from "../../src/core/errors.ts";
import {
  openBids,
  type BidsData,
  type BidsRun,
  type BidsRunQuery,
} from "../../src/io/bids/index.ts";
import { readBidsRuns, type BidsGlmRuns, type ConfoundStrategy } from "../../src/mri/index.ts";
import type { BidsModelArguments, BidsQueryArguments } from "../bids-options.ts";
import { nameOption } from "../option-values.ts";
import { UsageError } from "../usage-error.ts";

/** Open the data set of a command. */
export function openBidsOf(folder: string, { derivatives }: BidsQueryArguments): Promise<BidsData> {
  return openBids(derivatives === undefined ? folder : { raw: folder, derivatives });
}

/** Which runs a command asks for. */
export function queryOf(options: BidsQueryArguments): BidsRunQuery {
  const { subject, task, space, resolution, hemisphere, pipeline } = options;
  return {
    ...(subject !== undefined && { subject }),
    ...(task !== undefined && { task }),
    ...(space !== undefined && { space }),
    ...(resolution !== undefined && { resolution }),
    ...(hemisphere !== undefined && {
      hemisphere: nameOption("--hemisphere", ["L", "R"] as const)(hemisphere),
    }),
    ...(pipeline !== undefined && { pipeline }),
  };
}

/** Strategies of the command line. */
export const strategies = ["motion6", "motion24", "wm-csf", "acompcor", "scrub"] as const;

/** Strategies as given, several between commas. */
export function strategyOf(text: string | undefined): ConfoundStrategy[] | undefined {
  return text?.split(",").map(nameOption("--strategy", strategies));
}

/** The runs of one person. */
export interface PersonRuns extends BidsGlmRuns {
  /** Entities that all runs have. */
  readonly entities: Readonly<Record<string, string>>;
  /** Files that a model of them is made of. */
  readonly sources: readonly string[];
}

/** The runs of every person that a command asks for, one after the other. */
export async function* peopleOf(
  data: BidsData,
  options: BidsModelArguments,
): AsyncGenerator<PersonRuns> {
  const query = queryOf(options);
  const strategy = strategyOf(options.strategy);
  const { sliceTimeRef, tr } = options;
  const found = await data.runs(query);
  if (found.length === 0) throw new InvalidArgument("--bids", options.bids, "it has no such run");
  for (const subject of new Set(found.map((run) => run.subject))) {
    const runs = await readBidsRuns(
      data,
      { ...query, subject },
      {
        ...(strategy !== undefined && { confounds: { strategy, missing: "first-row-zero" } }),
        ...(tr !== undefined && { tr }),
        ...(sliceTimeRef !== undefined && { sliceTimeRef }),
      },
    );
    yield { ...runs, entities: common(runs.found), sources: runs.found.flatMap(filesOf) };
  }
}

function common(found: readonly BidsRun[]): Record<string, string> {
  const entries = Object.entries(found[0].entities).filter(([key, value]) =>
    found.every(({ entities }) => entities[key] === value),
  );
  return Object.fromEntries(entries.filter(([key]) => !["desc", "run", "echo"].includes(key)));
}

function filesOf({ bold, mask, events, confounds }: BidsRun): string[] {
  return [bold, mask, events, confounds].filter((path) => path !== null);
}

/** An image of voxels cannot hold vertices; who is next to which only a surface says. */
export function refuseVertices({ found }: PersonRuns, what: string, instead: string): void {
  const run = found.find(({ bold }) => /\.(gii|dtseries\.nii)$/.test(bold));
  if (run === undefined) return;
  throw new UsageError(
    `${run.bold} is of vertices and ${what} of voxels; ${instead}, or choose a space of volumes with --space`,
  );
}
