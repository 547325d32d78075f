import type { Random } from "../../../src/core/random.ts";
import type { Stimulus } from "./stimuli.ts";

/** Event names and codes of the real recording. */
export const eventCodes: readonly (readonly [string, number])[] = [
  ["face/famous/first", 5],
  ["face/famous/immediate", 6],
  ["face/famous/long", 7],
  ["face/unfamiliar/first", 13],
  ["face/unfamiliar/immediate", 14],
  ["face/unfamiliar/long", 15],
  ["scrambled/first", 17],
  ["scrambled/immediate", 18],
  ["scrambled/long", 19],
];

/** One presentation of a stimulus. */
export interface Trial {
  /** Position in the list of stimuli. */
  readonly stimulus: number;
  readonly trigger: number;
  /** Sample number of its onset in the recording. */
  readonly sample: number;
  /** Number of the trial in the recording, before any was dropped. */
  readonly number: number;
}

/** How many trials the recording had, and how many are left in the file, as in the real one. */
export const nRecorded = 887;
export const nKept = 879;

/**
 * The order of presentation: every stimulus comes once, most come a second time, half of these at once and half later.
 * Eight trials are dropped, none of them the only one of its stimulus.
 */
export function presentTrials(
  stimuli: readonly Stimulus[],
  random: Random,
): { trials: Trial[]; dropped: Set<number> } {
  const order = presentationOrder(stimuli, random);
  const trials = order.map(({ stimulus, repeat }, number) => ({
    stimulus,
    trigger: firstCode[stimuli[stimulus].kind] + repeat,
    sample: 6000 + number * 700 + random.integer(120),
    number,
  }));
  const dropped = chooseDropped(trials, random);
  return { trials: trials.filter(({ number }) => !dropped.has(number)), dropped };
}

const firstCode = { f: 5, u: 13, s: 17 } as const;

interface Presentation {
  readonly stimulus: number;
  /** 0 the first time, 1 again at once, 2 again later. */
  readonly repeat: 0 | 1 | 2;
}

function presentationOrder(stimuli: readonly Stimulus[], random: Random): Presentation[] {
  const once = new Set(
    random.permutation(stimuli.length).subarray(0, 2 * stimuli.length - nRecorded),
  );
  const order: Presentation[] = [];
  const later: { stimulus: number; due: number }[] = [];
  const first = Array.from(random.permutation(stimuli.length));
  while (first.length > 0 || later.length > 0) {
    if (later.length > 0 && (later[0].due <= order.length || first.length === 0)) {
      order.push({ stimulus: (later.shift() as { stimulus: number }).stimulus, repeat: 2 });
      continue;
    }
    const stimulus = first.pop() as number;
    order.push({ stimulus, repeat: 0 });
    if (once.has(stimulus)) continue;
    if (random.next() < 0.5) order.push({ stimulus, repeat: 1 });
    else later.push({ stimulus, due: order.length + 10 });
  }
  return order;
}

function chooseDropped(trials: readonly Trial[], random: Random): Set<number> {
  const left = new Map<number, number>();
  for (const { stimulus } of trials) left.set(stimulus, (left.get(stimulus) ?? 0) + 1);
  const dropped = new Set<number>();
  for (const at of random.permutation(trials.length)) {
    const { stimulus, number } = trials[at];
    const times = left.get(stimulus) ?? 0;
    if (dropped.size === nRecorded - nKept || times < 2) continue;
    left.set(stimulus, times - 1);
    dropped.add(number);
  }
  return dropped;
}
