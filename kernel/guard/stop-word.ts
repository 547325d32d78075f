/**
 * What the guard and the main thread agree on about a Stop: one word of shared memory. The guard asks
 * with a number; the main thread hears it, if it is free, and settles it once the cell has ended. Before
 * the guard ends by force what runs, it takes the question back. Each step is a single comparison, so
 * that a Stop is either in the hands of the main thread or in those of the guard: it is never answered
 * and then still on its way, to hit what comes after.
 */
export interface StopWord {
  readonly memory: SharedArrayBuffer;
}

const asked = 1;
const heard = 2;
const settled = 3;

/** Memory for the word, with the number of the last Stop beside it. */
export function makeStopWord(): StopWord {
  return { memory: new SharedArrayBuffer(8) };
}

/** The guard asks; a question that the main thread has heard and not settled is replaced. Returns its number. */
export function ask({ memory }: StopWord): number {
  const word = new Int32Array(memory);
  const number = (Atomics.add(word, 1, 1) + 1) % 2 ** 28;
  Atomics.store(word, 0, 4 * number + asked);
  return number;
}

/** The guard asks anew after the main thread heard question `number`; undefined when that is settled by now. */
export function askAgain(stop: StopWord, number: number): number | undefined {
  return exchange(stop, 4 * number + heard, 0) ? ask(stop) : undefined;
}

/** True while the main thread has not heard the question, or has heard it and not settled. */
export function isOpen({ memory }: StopWord, number: number, state: "asked" | "heard"): boolean {
  const value = 4 * number + (state === "asked" ? asked : heard);
  return Atomics.load(new Int32Array(memory), 0) === value;
}

/** The guard takes its question back. False when the main thread has it. */
export function withdraw(stop: StopWord, number: number): boolean {
  return exchange(stop, 4 * number + asked, 0);
}

/** The main thread takes a question. False when the guard took it back: another will come. */
export function hear(stop: StopWord, number: number): boolean {
  return exchange(stop, 4 * number + asked, 4 * number + heard);
}

/** The main thread has ended what was to stop. False when the guard has asked again meanwhile. */
export function settle(stop: StopWord, number: number): boolean {
  return exchange(stop, 4 * number + heard, 4 * number + settled);
}

function exchange({ memory }: StopWord, from: number, to: number): boolean {
  return Atomics.compareExchange(new Int32Array(memory), 0, from, to) === from;
}
