import type { Random } from "../../../src/core/random.ts";

/** The categories of pictures; the first two are alive. */
export const categories = ["face", "dog", "house", "tool"] as const;

/** Pictures of a category. */
export const nExemplars = 3;

/** Every picture, as in the column `stim_file`. */
export const items: readonly string[] = categories.flatMap((category) =>
  Array.from({ length: nExemplars }, (_, at) => `${category}-${at + 1}.jpg`),
);

export const repetitionTimeS = 2;
export const nVolumes = 64;
/** To which moment of a volume slices were shifted: its middle. */
export const startTimeS = 1;
/** Seconds from one picture to the next, about. */
const stepS = 4;
const firstOnsetS = 8;
const durationS = 1;

/** One picture shown. */
export interface Trial {
  readonly onsetS: number;
  readonly durationS: number;
  readonly category: (typeof categories)[number];
  readonly item: number;
}

/**
 * The trials of a run: each picture twice, three pictures of one category after each other, the categories in an order
 * of the run's own.
 */
export function drawTrials(random: Random): Trial[] {
  const order = [...blocksOf(random), ...blocksOf(random)].flat();
  return order.map((item, at) => ({
    onsetS: Math.round(1000 * (firstOnsetS + stepS * at + 0.8 * (random.next() - 0.5))) / 1000,
    durationS,
    category: categories[Math.floor(item / nExemplars)],
    item,
  }));
}

function blocksOf(random: Random): number[][] {
  return Array.from(random.permutation(categories.length), (category) =>
    Array.from(random.permutation(nExemplars), (at) => category * nExemplars + at),
  );
}

/** The text of `events.tsv`. */
export function eventsText(trials: readonly Trial[]): string {
  const rows = trials.map(({ onsetS, durationS, category, item }) =>
    [onsetS.toFixed(3), durationS.toFixed(1), category, items[item]].join("\t"),
  );
  return `onset\tduration\ttrial_type\tstim_file\n${rows.join("\n")}\n`;
}

/** How strongly each volume shows the response to each item: a row an item. */
export function responseCourses(trials: readonly Trial[]): Float64Array[] {
  const courses = items.map(() => new Float64Array(nVolumes));
  for (const { onsetS, durationS, item } of trials)
    for (let t = 0; t < nVolumes; t++)
      courses[item][t] += response(startTimeS + t * repetitionTimeS - onsetS, durationS);
  return courses;
}

const partS = 0.1;

/** The answer of the blood to something that lasts so long, 1 at its peak for one second. */
function response(sinceOnsetS: number, lastsS: number): number {
  let sum = 0;
  for (let at = 0; at < lastsS; at += partS) sum += impulse(sinceOnsetS - at);
  return (sum * partS) / peak;
}

/** Two gamma functions: a peak at 5 s, an undershoot at 15 s. */
function impulse(t: number): number {
  if (t <= 0) return 0;
  return (t ** 5 * Math.exp(-t)) / 120 - (t ** 15 * Math.exp(-t)) / 1307674368000 / 6;
}

const peak = 0.17;
