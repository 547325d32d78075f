import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { computeEngine } from "./compute-engine.ts";
import { OutOfMemory } from "./errors.ts";
import { gram } from "./gram.ts";
import { GramJob, productsMs } from "./gram-job.ts";
import type { GramMetric } from "./kernels.ts";
import { isAngle, metricNumber } from "./metric-number.ts";
import { areBytes, type Rows, type RowsToCompare } from "./pack-rows.ts";
import { runSync } from "./run-sync.ts";
import type { Steps } from "./step.ts";
import { hasKernels } from "./which-path.ts";

/**
 * RDM of `n` items × `k` features by products of all pairs at once, on all threads; undefined where plain code is to
 * compute it: without kernels; when the sums of squares leave the range in which products of norms are numbers, as
 * patterns beyond 1e140 do; and when there are more items than the memory of the kernels holds (some 20,000).
 *
 * @returns condensed dissimilarities; NaN for pairs of a constant item (correlation) or a zero one (cosine).
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed.
 */
export async function gramRdm(
  rows: Rows,
  n: number,
  k: number,
  metric: GramMetric,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array | undefined> {
  const toCompare = checked(rows, n, k, metric);
  if (!hasKernels()) return undefined;
  const { signal, jobs } = job;
  const options = { work: "computing an RDM", signal, jobs, expectedMs: productsMs(n, k) };
  try {
    return await engine.use(options, (workspace) =>
      workspace.runSteps(rdmSteps(new GramJob(workspace, toCompare, job))),
    );
  } catch (error) {
    return undefinedIfTooMany(error);
  }
}

/** The same on the calling thread, now. */
export function gramRdmSync(
  rows: Rows,
  n: number,
  k: number,
  metric: GramMetric,
): Float64Array | undefined {
  const toCompare = checked(rows, n, k, metric);
  if (!hasKernels()) return undefined;
  try {
    return runSync((arena) => rdmSteps(new GramJob(arena, toCompare, {})));
  } catch (error) {
    return undefinedIfTooMany(error);
  }
}

/**
 * Products of every row with every row on all threads: n × n, symmetric, in C order.
 *
 * @throws InvalidArgument, ShapeMismatch; Cancelled, WorkerFailed, OutOfMemory.
 */
export function gramProducts(
  rows: Float64Array,
  n: number,
  k: number,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array> {
  const toCompare = { ...checked(rows, n, k, "sqeuclidean"), metric: metricNumber("cosine") };
  if (!hasKernels()) return Promise.resolve(gram(rows, n, k));
  const options = { work: "products of rows", ...job, expectedMs: productsMs(n, k) };
  return engine.use(options, (workspace) =>
    workspace.runSteps(new GramJob(workspace, toCompare, job).productSteps()),
  );
}

/** Products of every row with every row on the calling thread, now: n × n, symmetric, in C order. */
export function gramSync(rows: Float64Array, n: number, k: number): Float64Array {
  const toCompare = checked(rows, n, k, "cosine");
  return runSync((arena) => new GramJob(arena, toCompare, {}).productSteps());
}

function* rdmSteps(job: GramJob): Steps<Float64Array | undefined> {
  const rdm = yield* job.steps();
  return job.isInRange() ? rdm : undefined;
}

function undefinedIfTooMany(error: unknown): undefined {
  if (error instanceof OutOfMemory) return undefined;
  throw error;
}

function checked(rows: Rows, n: number, k: number, metric: GramMetric): RowsToCompare {
  for (const [name, value] of Object.entries({ n, k })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new InvalidArgument(name, value, "give a whole number from 1");
  }
  if (rows.length !== n * k)
    throw new ShapeMismatch(`${n} items × ${k} features`, `${rows.length} numbers`);
  const number = metricNumber(metric);
  return { rows, n, k, metric: number, bytes: isAngle(number) && areBytes(rows) };
}
