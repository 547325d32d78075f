import type { Random } from "../../../src/core/random.ts";

/** The categories of pictures, by the names of the real labels. */
export const categories = [
  "face",
  "cat",
  "house",
  "chair",
  "shoe",
  "bottle",
  "scissors",
  "scrambledpix",
] as const;

/** One category of pictures. */
export type Category = (typeof categories)[number];

export const repetitionTimeS = 2.5;
export const nRuns = 6;
const blockVolumes = 5;
const restVolumes = 2;
export const runVolumes = restVolumes + categories.length * (blockVolumes + restVolumes);

/** What was shown in each volume: one run after the other, eight blocks in each, rest between them. */
export function drawDesign(random: Random): (Category | "rest")[] {
  return Array.from({ length: nRuns }, () => {
    const run: (Category | "rest")[] = Array<"rest">(restVolumes).fill("rest");
    for (const at of random.permutation(categories.length)) {
      run.push(...Array<Category>(blockVolumes).fill(categories[at]));
      run.push(...Array<"rest">(restVolumes).fill("rest"));
    }
    return run;
  }).flat();
}

/** The text of `labels.txt`: a line a volume, what was shown and the number of the run. */
export function labelsText(design: readonly string[]): string {
  const lines = design.map((label, volume) => `${label} ${Math.floor(volume / runVolumes)}`);
  return `labels chunks\n${lines.join("\n")}\n`;
}

/** How strongly each volume shows the response to each category: blocks, late and smooth as blood flow is. */
export function responseCourses(design: readonly string[]): Map<Category, Float64Array> {
  const kernel = haemodynamicResponse();
  return new Map(
    categories.map((category) => [category, courseOf(category, design, kernel)] as const),
  );
}

function courseOf(category: Category, design: readonly string[], kernel: readonly number[]) {
  const course = new Float64Array(design.length);
  design.forEach((label, onset) => {
    if (label !== category) return;
    const runEnd = (Math.floor(onset / runVolumes) + 1) * runVolumes;
    kernel.forEach((value, lag) => {
      if (onset + lag < runEnd) course[onset + lag] += value;
    });
  });
  return course;
}

/** Two gamma functions (peak at 5 s, undershoot at 15 s) sampled once a volume, with a sum of 1. */
function haemodynamicResponse(): number[] {
  const gamma = (t: number, shape: number) => t ** shape * Math.exp(-t);
  const values = Array.from({ length: 10 }, (_, lag) => {
    const t = (lag + 0.5) * repetitionTimeS;
    return gamma(t, 5) / 120 - gamma(t, 15) / 1307674368000 / 6;
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
