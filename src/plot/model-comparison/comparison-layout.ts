import { MARGIN } from "../draw/assemble.ts";
import { valueAxis, type ValueAxis } from "../draw/value-axis.ts";
import { textWidth } from "../text/text-width.ts";
import { wrapAtMost, wrapText } from "../text/wrap-text.ts";
import type { CheckedComparison } from "./comparison.ts";
import type { PairMark } from "./pair-marks.ts";

export { placePairs } from "./pair-marks.ts";

/** Text sizes of a model comparison. */
export const textPx = { name: 11, group: 12, title: 13 } as const;
const MARK_ROW = 15;
/** From one line of a group's name to the next. */
export const GROUP_LINE = 14;
/** A longer name is cut. */
export const LONGEST_NAME = 160;

/** Where everything of a model comparison lies, in pixels. */
export interface ComparisonLayout {
  readonly axis: ValueAxis;
  /** The field of the bars. */
  readonly box: { left: number; right: number; top: number; bottom: number };
  readonly barPx: number;
  /** Middle of each bar, group by group. */
  readonly middles: readonly (readonly number[])[];
  readonly pairs: readonly PairMark[];
  readonly pairPitch: number;
  /** Names of models: written in lines, on a slant, or told by colour only. */
  readonly names: "lines" | "slanted" | "colours";
  readonly nameLines: number;
  /** Lowest line below the names. */
  readonly bottom: number;
  readonly markRow: boolean;
}

/** Lay bars out in groups; significant pairs get rows above them. */
export function layOutComparison(
  all: readonly CheckedComparison[],
  options: {
    widthPx: number;
    heightPx: number;
    titlePx: number;
    label: string;
    pairs: readonly PairMark[];
    pairPitch: number;
  },
): ComparisonLayout {
  const { widthPx, heightPx, titlePx, label, pairs, pairPitch } = options;
  const rows = pairs.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const top = MARGIN + titlePx + rows * pairPitch + (rows > 0 ? 6 : 0);
  const bottom = top + heightPx;
  const [low, high] = rangeOf(all);
  const axis = valueAxis(low, high, heightPx, label);
  const left = MARGIN + axis.widthPx;
  const right = widthPx - MARGIN;
  const { middles, barPx, pitch } = placeBars(all, left, right);
  const names = all.length > 1 ? "colours" : fits(all[0], pitch) ? "lines" : "slanted";
  const markRow = all.some(({ models }) =>
    models.some(({ pZero, pCeiling }) => pZero !== undefined || pCeiling !== undefined),
  );
  const nameLines = names === "lines" ? mostLines(all[0], pitch) : 1;
  const nameRoom =
    names === "colours"
      ? 20 + GROUP_LINE * (mostGroupLines(all, pitch) - 1)
      : names === "lines"
        ? nameLines * 14 + 8
        : slantedHeight(all[0]);
  const under = bottom + (markRow ? MARK_ROW : 0);
  return {
    ...{
      axis,
      box: { left, right, top, bottom },
      barPx,
      middles,
      pairs,
      names,
      nameLines,
      markRow,
    },
    pairPitch,
    bottom: under + nameRoom,
  };
}

/** Bars over the whole width: those of one group side by side, groups apart. */
function placeBars(all: readonly CheckedComparison[], left: number, right: number) {
  const counts = all.map(({ models }) => models.length);
  const units = counts.reduce((sum, n) => sum + n, 0) + (all.length - 1) + 0.6;
  const pitch = (right - left) / units;
  const barPx = Math.min(56, pitch * (all.length > 1 ? 0.92 : 0.7));
  let at = left + 0.8 * pitch;
  const middles = counts.map((n) => {
    const own = Array.from({ length: n }, (_, i) => at + i * pitch);
    at += (n + 1) * pitch;
    return own;
  });
  return { middles, barPx, pitch };
}

/** From the lowest to the highest of everything shown, 0 among them. */
function rangeOf(all: readonly CheckedComparison[]): [number, number] {
  const values = all.flatMap(({ models, noiseCeiling }) => [
    ...(noiseCeiling === undefined ? [] : [noiseCeiling.lower, noiseCeiling.upper]),
    ...models.flatMap(({ mean, error = 0, scores }) => [mean - error, mean + error, ...scores]),
  ]);
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), 0);
  const high = finite.reduce((most, value) => Math.max(most, value), 0);
  const room = 0.03 * (high - low);
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0];
}

/** The lines of a name under its bar. */
export function nameLines(name: string, pitchPx: number): readonly string[] {
  return wrapText(name, pitchPx - 4, { sizePx: textPx.name });
}

/** The name of a group, in at most two lines under its bars. */
export function groupLines(name: string, widthPx: number): readonly string[] {
  return wrapAtMost(name, widthPx, { sizePx: textPx.group }, 2);
}

function mostGroupLines(all: readonly CheckedComparison[], pitch: number): number {
  return Math.max(
    1,
    ...all.map(({ name, models }) => groupLines(name, models.length * pitch).length),
  );
}

function fits({ models }: CheckedComparison, pitch: number): boolean {
  return models.every(({ name }) => {
    const words = name.split(/\s+/);
    const wordsFit = words.every((word) => textWidth(word, { sizePx: textPx.name }) <= pitch - 4);
    return wordsFit && nameLines(name, pitch).length <= 3;
  });
}

function mostLines({ models }: CheckedComparison, pitch: number): number {
  return Math.max(...models.map(({ name }) => nameLines(name, pitch).length));
}

function slantedHeight({ models }: CheckedComparison): number {
  const widths = models.map(({ name }) => textWidth(name, { sizePx: textPx.name }));
  return Math.min(LONGEST_NAME, Math.max(...widths)) * Math.SQRT1_2 + 16;
}
