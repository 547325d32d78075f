import { Arena } from "./arena.ts";
import { twinBackend, wasmBackendNow, type Backend } from "./backend.ts";
import { PARAMS_ADDRESS, writeParams } from "./params.ts";
import type { Step, Steps } from "./step.ts";

/** Working memory larger than this is given back after the job. */
const KEPT_BYTES = 128 * 2 ** 20;

/** Which kernels {@link runSync} runs: `auto` is wasm for large inputs where there can be, else plain code. */
export type SyncMode = "auto" | "wasm" | "twin";

let mode: SyncMode = "auto";
let kept: Backend | undefined;

/** Have every input, small ones too, go through the wasm kernels or through their twin: for tests. */
export function setSyncMode(next: SyncMode): void {
  mode = next;
  kept = undefined;
}

/** True when a job of about so many ms of plain code is better given to {@link runSync}. */
export function worthKernels(plainMs: number): boolean {
  return mode !== "auto" || (plainMs > 0.5 && syncBackend().kind === "wasm");
}

/**
 * Run a job on the calling thread, now: for functions that return numbers and no promise. Its memory is apart from
 * that of the engine, whose jobs may be in the middle of their work.
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

function syncBackend(): Backend {
  kept ??= (mode === "twin" ? undefined : wasmBackendNow()) ?? twinBackend();
  return kept;
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
  for (let block = 0; block < nBlocks; block++)
    backend.kernels[kernel](PARAMS_ADDRESS, block, scratch);
}
