import { Arena } from "./arena.ts";
import { kernelOf, twinBackend, wasmBackendNow, type Backend } from "./backend.ts";
import { PARAMS_ADDRESS, writeParams } from "./params.ts";
import type { Step, Steps } from "./step.ts";

/** Working memory larger than this is given back after the job. */
const KEPT_BYTES = 128 * 2 ** 20;

let kept: Backend | undefined;

/**
 * Run a job on the calling thread, now: for functions that return numbers and no promise. Its memory is apart from
 * that of the engine, whose jobs may be in the middle of their work.
 *
 * @throws Unsupported for a kernel without a twin where there is no wasm: ask `hasKernels` first. OutOfMemory.
 */
export function runSync<T>(job: (arena: Arena) => Steps<T>): T {
  const backend = syncBackend();
  const arena = new Arena(backend);
  try {
    const steps = job(arena);
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done === true) return next.value;
      runStep(backend, arena, next.value);
    }
  } finally {
    if (backend.buffer().byteLength > KEPT_BYTES) kept = undefined;
  }
}

/** Memory and kernels of the calling thread. */
export function syncBackend(): Backend {
  return (kept ??= wasmBackendNow() ?? twinBackend());
}

function runStep(
  backend: Backend,
  arena: Arena,
  { kernel, params, nBlocks, options = {} }: Step,
): void {
  const mark = arena.mark();
  const scratch = arena.allocate(options.scratchBytes ?? 0);
  arena.release(mark);
  writeParams(backend.buffer(), params);
  options.meanwhile?.();
  const run = kernelOf(backend, kernel);
  for (let block = 0; block < nBlocks; block++) run(PARAMS_ADDRESS, block, scratch);
}
