import { syncBackend } from "./run-sync.ts";

/*
 * Every number can be had in two ways that agree: by plain code, on one thread and at once, or by the kernels, on one
 * thread or on all. Which is taken follows from the size of the work and from what there is, and is decided here:
 *
 *   nothing that runs kernels                               plain code            hasKernels
 *   less than 0.5 ms of plain code, asked for at once       plain code            worthKernels
 *   more, asked for at once                                 kernels, this thread  worthKernels
 *   a job of promises                                       kernels               ComputeEngine
 *   … less than 25 ms of it together with those before      … this thread alone   START_MS
 *   … a step of less than 0.5 ms                            … this thread alone   JOIN_MS
 *   one RDM among many, asked for by a promise              kernels, all threads  worthThreads
 *   fewer than 60 items drawn again and again               plain code            worthSampling
 */

/** `auto` decides by the size of the work; the others take one way always. */
export type Path = "auto" | "kernels" | "plain";

let forced: Path = "auto";
let known: boolean | undefined;

/** Take one way always: for tests. */
export function setPath(next: Path): void {
  forced = next;
}

/** True where kernels can run: WebAssembly with SIMD, and memory of the kind that threads share. */
export function hasKernels(): boolean {
  if (forced === "plain") return false;
  return (known ??= syncBackend().kind === "wasm");
}

/** True when work of about so many ms of plain code is better done by the kernels, on the calling thread. */
export function worthKernels(plainMs: number): boolean {
  return (forced === "kernels" || plainMs > 0.5) && hasKernels();
}

/** The same for so many values that are to be sorted or ranked. */
export function worthSorting(nValues: number): boolean {
  return worthKernels(nValues * 4e-5);
}

/** The same for so many multiply-adds. */
export function worthMultiplying(nProducts: number): boolean {
  return worthKernels(nProducts / 1e6);
}

/** True when a job of so many multiply-adds is worth the way to other threads. */
export function worthThreads(nProducts: number): boolean {
  return (forced === "kernels" || nProducts > 2e7) && hasKernels();
}

/** Most items: a pair is two of them in 31 bits. */
const MOST_DRAWN = 2 ** 15;

/** True when samples of so many items are better weighed by the kernels than compared one at a time. */
export function worthSampling(nItems: number): boolean {
  return (forced === "kernels" || nItems >= 60) && nItems <= MOST_DRAWN && hasKernels();
}

/** Workers start once the jobs so far, together, were expected to take longer than this, in ms, on one thread. */
export const START_MS = 25;
/** A step that is expected to take no longer than this, in ms, wakes no worker. */
export const JOIN_MS = 0.5;
