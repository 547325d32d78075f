import { middleOf } from "../core/middle-of.ts";
import type { BlockSet } from "./block-set.ts";
import type { Plan } from "./plan.ts";
import { readProvenance } from "./provenance.ts";

/** How far the plans of a folder have come. */
export interface RunStatus {
  readonly total: number;
  readonly done: number;
  readonly plans: readonly PlanStatus[];
  /** Seconds of one core that the missing blocks will take, from those that are there; undefined: nobody knows yet. */
  readonly secondsLeft: number | undefined;
  /** The most memory that a process has had. */
  readonly peakBytes: number | undefined;
  readonly hosts: readonly string[];
}

/** How far one plan has come. */
export interface PlanStatus {
  readonly label: string;
  readonly path: string;
  readonly total: number;
  readonly done: number;
  /** Seconds of one core that a block takes, by the median; undefined: none was measured. */
  readonly secondsPerBlock: number | undefined;
}

/** Look at the files of a folder. */
export async function runStatus(set: BlockSet): Promise<RunStatus> {
  const missing = new Set((await set.missing()).map((at) => set.blocks[at].key));
  const known = await readProvenance(set.folder);
  const plans = set.plans.map((plan) => statusOf(plan, set, missing, known));
  const all = [...known.values()];
  const done = set.blocks.length - missing.size;
  return {
    total: set.blocks.length,
    done,
    plans,
    // Commands that share their blocks are computed once.
    secondsLeft: secondsLeft([...new Map(set.plans.map(({ id }, at) => [id, plans[at]])).values()]),
    peakBytes:
      all.length === 0
        ? undefined
        : all.reduce((most, { peakBytes }) => Math.max(most, peakBytes), 0),
    hosts: [...new Set(all.map(({ host }) => host))].sort(),
  };
}

function statusOf(
  plan: Plan,
  set: BlockSet,
  missing: ReadonlySet<string>,
  known: ReadonlyMap<string, { readonly seconds: number }>,
): PlanStatus {
  const blocks = set.blocks.filter((block) => block.plan.id === plan.id);
  const seconds = blocks.flatMap(({ key }) => known.get(key)?.seconds ?? []);
  return {
    label: plan.label,
    path: set.folder.planPath(plan),
    total: blocks.length,
    done: blocks.filter(({ key }) => !missing.has(key)).length,
    secondsPerBlock: seconds.length === 0 ? undefined : middleOf(Float64Array.from(seconds).sort()),
  };
}

function secondsLeft(plans: readonly PlanStatus[]): number | undefined {
  let sum = 0;
  for (const { total, done, secondsPerBlock } of plans) {
    if (done === total) continue;
    if (secondsPerBlock === undefined) return undefined;
    sum += (total - done) * secondsPerBlock;
  }
  return sum;
}
