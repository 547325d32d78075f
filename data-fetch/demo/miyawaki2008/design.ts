import type { Random } from "../../../src/core/random.ts";

/** Pixels on a side of a picture. */
export const sidePixels = 10;
export const repetitionTimeS = 2;
/** Volumes of a picture, and of the rest after it, in random runs. */
const blockVolumes = 3;
const figureVolumes = 6;
const restPixel = -1;

/** What was shown during a run: one picture a volume, pixels in the order of the label files (column-major). */
export interface Run {
  readonly name: string;
  readonly nVolumes: number;
  /** nVolumes × 100: 0 dark, 1 flickering, −1 rest. */
  readonly pixels: Int8Array;
}

/** A run of random pictures: 145 volumes, as in the real study. */
export function randomRun(number: number, random: Random): Run {
  const pictures = Array.from({ length: 22 }, () =>
    Int8Array.from({ length: sidePixels ** 2 }, () => random.integer(2)),
  );
  return run(`random_run${twoDigits(number)}`, 145, 10, blockVolumes, blockVolumes, pictures);
}

/** A run of shapes and letters. */
export function figureRun(number: number, random: Random): Run {
  const order = random.permutation(figures.length);
  const pictures = Array.from(order.subarray(0, 8), (at) => pictureOf(figures[at]));
  return run(`figure_run${twoDigits(number)}`, 116, 14, figureVolumes, figureVolumes, pictures);
}

function run(
  name: string,
  nVolumes: number,
  restBefore: number,
  shown: number,
  rest: number,
  pictures: readonly Int8Array[],
): Run {
  const nPixels = sidePixels ** 2;
  const pixels = new Int8Array(nVolumes * nPixels).fill(restPixel);
  pictures.forEach((picture, at) => {
    const start = restBefore + at * (shown + rest);
    for (let t = start; t < Math.min(start + shown, nVolumes); t++)
      pixels.set(picture, t * nPixels);
  });
  return { name, nVolumes, pixels };
}

/** The text of a label file: one volume a line. */
export function labelCsv({ nVolumes, pixels }: Run): string {
  const nPixels = sidePixels ** 2;
  const lines = Array.from({ length: nVolumes }, (_, t) =>
    Array.from(pixels.subarray(t * nPixels, (t + 1) * nPixels)).join(","),
  );
  return lines.join("\n") + "\n";
}

// Shapes and letters, each mark two pixels wide and high.
const figures: readonly (readonly string[])[] = [
  ["#####", "#...#", "#...#", "#...#", "#####"],
  ["..#..", "..#..", "#####", "..#..", "..#.."],
  ["#...#", ".#.#.", "..#..", ".#.#.", "#...#"],
  ["#####", "#....", "####.", "#....", "#####"],
  ["#...#", "##..#", "#.#.#", "#..##", "#...#"],
  ["#####", "..#..", "..#..", "..#..", "..#.."],
  ["#####", "....#", "..##.", ".#...", "#####"],
  [".....", ".###.", ".###.", ".###.", "....."],
];

/** A figure that fills a picture, column-major. */
function pictureOf(lines: readonly string[]): Int8Array {
  const mark = sidePixels / lines.length;
  return Int8Array.from({ length: sidePixels ** 2 }, (_, pixel) => {
    const [row, column] = [pixel % sidePixels, Math.floor(pixel / sidePixels)];
    return lines[Math.floor(row / mark)][Math.floor(column / mark)] === "#" ? 1 : 0;
  });
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
