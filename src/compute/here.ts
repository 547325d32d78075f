import { twinBackend, wasmBackendNow, type Backend } from "./backend.ts";
import { align } from "./kernels.ts";
import { ARENA_ADDRESS, PARAMS_ADDRESS, writeParams } from "./params.ts";
import type { JobMemory, Step, Steps } from "./step.ts";

/** Working memory larger than this is given back after the job. */
const KEPT_BYTES = 128 * 2 ** 20;

/** Which kernels {@link computeHere} runs: `auto` is wasm for large inputs where there can be, else plain code. */
export type HereMode = "auto" | "wasm" | "twin";

let mode: HereMode = "auto";
let backend: Backend | undefined;

/** Have every input, small ones too, go through the wasm kernels or through their twin: for tests. */
export function setHereMode(next: HereMode): void {
  mode = next;
  backend = undefined;
}

/** True when a job of about so many ms of plain code is better given to {@link computeHere}. */
export function worthKernels(plainMs: number): boolean {
  return mode !== "auto" || (plainMs > 0.5 && backendHere().kind === "wasm");
}

/**
 * Run a job on the calling thread, now: for functions that return numbers and no promise. Its memory is apart from
 * that of the engine, whose jobs may be in the middle of their work.
 */
export function computeHere<T>(job: (memory: JobMemory) => Steps<T>): T {
  const used = backendHere();
  const memory = new MemoryHere(used);
  try {
    const steps = job(memory);
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done === true) return next.value;
      memory.run(next.value);
    }
  } finally {
    if (used.buffer().byteLength > KEPT_BYTES) backend = undefined;
  }
}

function backendHere(): Backend {
  backend ??= (mode === "twin" ? undefined : wasmBackendNow()) ?? twinBackend();
  return backend;
}

class MemoryHere implements JobMemory {
  readonly #backend: Backend;
  #end = ARENA_ADDRESS;

  constructor(used: Backend) {
    this.#backend = used;
    used.reserve(ARENA_ADDRESS);
  }

  allocate(bytes: number): number {
    const address = this.#end;
    this.#backend.reserve(address + align(bytes) + 64);
    this.#end = address + align(bytes);
    return address;
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.#backend.buffer(), address, length);
  }

  int16(address: number, length: number): Int16Array {
    return new Int16Array(this.#backend.buffer(), address, length);
  }

  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#backend.buffer(), address, length);
  }

  run({ kernel, params, nBlocks, options = {} }: Step): void {
    const end = this.#end;
    const scratch = this.allocate(options.scratchBytes ?? 0);
    this.#end = end;
    writeParams(this.#backend.buffer(), params);
    options.meanwhile?.();
    for (let block = 0; block < nBlocks; block++)
      this.#backend.kernels[kernel](PARAMS_ADDRESS, block, scratch);
  }
}
