import type { JobOptions } from "../core/job.ts";
import { cholesky, solveCholesky } from "../linalg/cholesky.ts";
import { computeEngine } from "./compute-engine.ts";
import { DualSystems } from "./dual-systems.ts";

/**
 * The x of A x = b, A symmetric positive definite, n × n in C order; of it the lower triangle is looked at. On all
 * threads, by Cholesky's factor; undefined when A is not positive definite.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export async function solvePositive(
  matrix: Float64Array,
  right: Float64Array,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array | undefined> {
  const n = right.length;
  const found = await engine.use(
    { work: "solving equations", ...job, expectedMs: n ** 3 / 2e7 },
    async (workspace) => {
      const unit = { ranges: [0, n, 0, 0, 0, 0, 0, 0], alpha: 0 };
      const systems = new DualSystems(workspace, { n, intercept: false }, [unit], 1);
      const order = Int32Array.from({ length: n }, (_, row) => row);
      await systems.form(matrix, order, false, job.signal);
      await systems.factorize();
      if (!systems.solvable[0]) return undefined;
      const side = workspace.float64(systems.sides, systems.nTiles * 16).fill(0);
      right.forEach((value, k) => (side[k * 4] = value));
      await systems.solve();
      const solved = workspace.float64(systems.sides, systems.nTiles * 16);
      return Float64Array.from(right, (_, k) => solved[k * 4]);
    },
  );
  if (found !== undefined) return found;
  // Where digits are lost there, plain code may still find that it is positive.
  const lower = cholesky(matrix, n);
  return lower && solveCholesky(lower, right);
}
