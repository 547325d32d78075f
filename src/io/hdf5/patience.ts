import { processorMs } from "#platform/threads";

/** How often is looked. */
const tickMs = 250;
/** A main thread that was held up says nothing of the other one: of a long tick only so much counts. */
const mostOfTickMs = 500;

const mostMs = 60_000;
const leastMs = 3_000;
/** A disk or network slower than this is not waited for. */
const leastBytesPerMs = 1_000;

/** Processor time that HDF5 may take without reading anything: less for a small file, which is no work. */
export function patienceFor(fileBytes: number): number {
  return Math.min(mostMs, leastMs + fileBytes / leastBytesPerMs);
}

/**
 * Watches a thread that may never answer. What counts is processor time (a busy machine gives none) in which the thread
 * does not read its file; both start anew with each answer.
 */
export class Patience {
  /** Times that the thread has read its file; undefined where that is not told. */
  readonly #reads: Int32Array | undefined;
  readonly #giveUp: (spentMs: number) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #most = mostMs;
  #spent = 0;
  #last = { wall: 0, processor: 0, reads: 0 };

  constructor(reads: Int32Array | undefined, giveUp: (spentMs: number) => void) {
    this.#reads = reads;
    this.#giveUp = giveUp;
  }

  /** Begin to wait, at most `ms` of processor time. */
  start(ms: number): void {
    this.#most = ms;
    if (this.#timer !== undefined) return;
    this.answered();
    this.#timer = setInterval(() => this.#look(), tickMs);
  }

  /** The thread has answered and may have as much time again. */
  answered(): void {
    this.#spent = 0;
    this.#last = this.#now();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #now() {
    const reads = this.#reads === undefined ? 0 : Atomics.load(this.#reads, 0);
    return { wall: performance.now(), processor: processorMs(), reads };
  }

  #look(): void {
    const [before, now] = [this.#last, this.#now()];
    this.#last = now;
    const worked = Math.min(now.processor - before.processor, now.wall - before.wall, mostOfTickMs);
    this.#spent = now.reads === before.reads ? this.#spent + worked : 0;
    if (this.#spent < this.#most) return;
    this.stop();
    this.#giveUp(this.#spent);
  }
}
