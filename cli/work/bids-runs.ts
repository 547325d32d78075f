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

/** The runs of one person; of surfaces those of one hemisphere. */
export interface PersonRuns extends BidsGlmRuns {
  /** Entities that all runs have. */
  readonly entities: Readonly<Record<string, string>>;
  /** Files that a model of them is made of. */
  readonly sources: readonly string[];
}

/** The runs of every person (of surfaces of every hemisphere) that a command asks for, one after the other. */
export async function* peopleOf(
  data: BidsData,
  options: BidsModelArguments,
): AsyncGenerator<PersonRuns> {
  const strategy = strategyOf(options.strategy);
  const { sliceTimeRef, tr } = options;
  const halves = await halvesOf(data, queryOf(options), options);
  for (const subject of new Set(halves.flatMap(({ subjects }) => subjects)))
    for (const { query, structure, hemi } of halves) {
      const runs = await readBidsRuns(
        data,
        { ...query, subject },
        {
          ...(strategy !== undefined && { confounds: { strategy, missing: "first-row-zero" } }),
          ...(tr !== undefined && { tr }),
          ...(sliceTimeRef !== undefined && { sliceTimeRef }),
          ...(structure !== undefined && { structure }),
        },
      );
      const entities = { ...common(runs.found), ...(hemi !== undefined && { hemi }) };
      yield { ...runs, entities, sources: runs.found.flatMap(filesOf) };
    }
}

/** The runs of one hemisphere, or of all there is where they are of volumes. */
interface Half {
  readonly query: BidsRunQuery;
  readonly subjects: readonly string[];
  /** Of CIFTI runs the part of this half, and what it is called in names. */
  readonly structure?: string;
  readonly hemi?: string;
}

const structures = { CORTEX_LEFT: "L", CORTEX_RIGHT: "R" } as const;

/** Both hemispheres of surfaces, unless one is chosen. */
async function halvesOf(
  data: BidsData,
  query: BidsRunQuery,
  { structure, bids }: BidsModelArguments,
): Promise<Half[]> {
  const halves: Half[] = [];
  for (const half of await queriesOf(data, query)) {
    const found = await data.runs(half);
    if (found.length === 0) throw new InvalidArgument("--bids", bids, "it has no such run");
    const own = { query: half, subjects: found.map(({ subject }) => subject) };
    const isCifti = found.some(({ bold }) => /\.dtseries\.nii$/.test(bold));
    if (structure !== undefined && !isCifti)
      throw new UsageError(
        "--structure chooses a part of CIFTI runs (.dtseries.nii); leave it out",
      );
    if (!isCifti) halves.push(own);
    else
      for (const name of structure === undefined ? partNames : [partOf(structure)])
        halves.push({ ...own, structure: name, hemi: structures[name] });
  }
  return halves;
}

const partNames = ["CORTEX_LEFT", "CORTEX_RIGHT"] as const;
const partOf = nameOption("--structure", partNames);

/** A query for each hemisphere that has files of its own, where none is chosen. */
async function queriesOf(data: BidsData, query: BidsRunQuery): Promise<BidsRunQuery[]> {
  try {
    await data.runs(query);
    return [query];
  } catch (error) {
    if (!(error instanceof InvalidArgument && error.argument === "hemisphere")) throw error;
    return (["L", "R"] as const).map((hemisphere) => ({ ...query, hemisphere }));
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
