import { InvalidArgument } from "../../core/errors.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter, type ProgressLine } from "../../core/progress.ts";
import { compared, meanScores, type Compared, type ToCompare } from "./compared.ts";
import { timesDrawn, type Resampling } from "./draws.ts";
import type { BootstrapDraw, NoiseCeiling } from "./eval-parts.ts";
import { ranksFasterBySample, withItemDrawer, type ItemDrawer } from "./item-drawer.ts";
import type { RdmGroups } from "./rdm-groups.ts";
import { SampleTable } from "./sample-table.ts";

/** What samples are drawn from. */
export interface DrawnFrom {
  readonly nModels: number;
  readonly groups: RdmGroups;
  /** The RDMs compared as they are; undefined: by a sample that has each item once. */
  readonly asTheyAre: (() => Promise<Compared>) | undefined;
  readonly withDrawer: <T>(run: (draw: ItemDrawer) => Promise<T>) => Promise<T>;
}

/** All samples of RDMs in memory. */
export function evaluateDraws(
  toCompare: ToCompare,
  resampling: Resampling,
  draws: readonly BootstrapDraw[],
  noiseCeiling: boolean,
  job: JobOptions,
): Promise<SampleTable> {
  const { predictions, groups } = toCompare;
  const drawsRdms = resampling === "rdms" || resampling === "dual";
  const bySample =
    drawsRdms && noiseCeiling && groups.count > 1 && ranksFasterBySample(toCompare, job);
  const from: DrawnFrom = {
    nModels: predictions.length,
    groups,
    asTheyAre: bySample ? undefined : () => compared(toCompare, job),
    withDrawer: (run) => withItemDrawer(toCompare, job, run),
  };
  return evaluateDrawsFrom(from, resampling, draws, noiseCeiling, job);
}

/** All samples; those of RDMs first, for which nothing has to be compared anew. Interruptible between samples. */
export async function evaluateDrawsFrom(
  from: DrawnFrom,
  resampling: Resampling,
  draws: readonly BootstrapDraw[],
  noiseCeiling: boolean,
  job: JobOptions,
): Promise<SampleTable> {
  const { nModels, groups, asTheyAre, withDrawer } = from;
  const table = new SampleTable(nModels, draws.length, resampling === "dual" ? 3 : 1);
  const work: Work = {
    nModels,
    groups,
    table,
    times: draws.map(({ rdms }) => {
      const drawn = timesDrawn(rdms, groups.count, "rdms");
      return Float64Array.from(groups.of, (group) => drawn[group]);
    }),
    all: new Float64Array(groups.of.length).fill(1),
    ceilings: noiseCeiling && groups.count > 1,
    line: reporter(job, "bootstrap samples", (resampling === "dual" ? 2 : 1) * draws.length),
  };
  const before = asTheyAre && (await drawRdms(work, resampling, job, asTheyAre));
  if (resampling === "rdms" && asTheyAre !== undefined) return table;
  await withDrawer(async (draw) => {
    const whole = async (): Promise<Compared> => {
      const found = await draw();
      if (found !== null) return found;
      throw new InvalidArgument(
        "items",
        "fewer than 3",
        "a bootstrap over items wants ten or more",
      );
    };
    const fixed = asTheyAre ? before : await drawRdms(work, resampling, job, whole);
    const enter = entering(work, fixed);
    if (resampling !== "rdms") await drawItems(work, draws, draw, enter, resampling, job.signal);
  });
  return table;
}

interface Work {
  readonly nModels: number;
  readonly groups: RdmGroups;
  readonly table: SampleTable;
  /** How often each data RDM was drawn in each sample. */
  readonly times: readonly Float64Array[];
  readonly all: Float64Array;
  /** Whether each sample has a ceiling. */
  readonly ceilings: boolean;
  readonly line: ProgressLine;
}

/** Enters what a sample found into the table, in column `value` of it. */
type EnterSample = (
  sample: number,
  value: number,
  found: Compared,
  times: Float64Array,
) => Promise<void>;

function entering(work: Work, fixed: NoiseCeiling | undefined): EnterSample {
  const { nModels, groups } = work;
  return async (sample, value, found, times) => {
    const none = fixed ?? { lower: NaN, upper: NaN };
    const ceiling = work.ceilings ? await found.ceiling(times) : none;
    work.table.enter(sample, value, meanScores(found.scores, nModels, groups, times), ceiling);
  };
}

/**
 * The samples of RDMs, and the ceiling of the data where samples have none of their own. What was compared for them
 * is forgotten with this function: items are drawn from the RDMs themselves.
 */
async function drawRdms(
  work: Work,
  resampling: Resampling,
  job: JobOptions,
  compare: () => Promise<Compared>,
): Promise<NoiseCeiling | undefined> {
  const drawn = resampling === "rdms" || resampling === "dual";
  const alone = work.groups.count < 2;
  if (!drawn && (work.ceilings || alone)) return undefined;
  const asIs = await compare();
  const fixed = work.ceilings || alone ? undefined : await asIs.ceiling(work.all);
  if (!drawn) return fixed;
  const enter = entering(work, fixed);
  const pause = pauses(job.signal, "the bootstrap");
  for (const [sample, times] of work.times.entries()) {
    await enter(sample, resampling === "dual" ? 1 : 0, asIs, times);
    work.line.update(sample + 1);
    if (pause.due()) await pause.turn();
  }
  if (resampling === "rdms") work.line.finish();
  return fixed;
}

async function drawItems(
  work: Work,
  draws: readonly BootstrapDraw[],
  draw: ItemDrawer,
  enter: EnterSample,
  resampling: Resampling,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pause = pauses(signal, "the bootstrap");
  const before = resampling === "dual" ? draws.length : 0;
  for (const [sample, { items }] of draws.entries()) {
    const found = await draw(items);
    if (found === null) work.table.leaveOut(sample);
    else {
      await enter(sample, 0, found, resampling === "items" ? work.all : work.times[sample]);
      if (resampling === "dual") await enter(sample, 2, found, work.all);
    }
    work.line.update(before + sample + 1);
    if (pause.due()) await pause.turn();
  }
  work.line.finish();
}
