import { pearson } from "../../stats/pearson.ts";
import { spearman } from "../../stats/spearman.ts";
import { formatFixed } from "../text/format-number.ts";
import { MOST_DOTS, type PairPoints } from "./pair-points.ts";

/** Both correlations and the number of pairs. */
export function scoresOf({ name, x, y }: PairPoints): string {
  const number = (value: number) => (Number.isNaN(value) ? "–" : formatFixed(value, 2));
  return `${name}: r ${number(pearson(x, y))}, ρ ${number(spearman(x, y))}, ${grouped(x.length)} pairs`;
}

/** What is shown and how, in whole sentences. */
export function captionOf(all: readonly PairPoints[]): string {
  const leftOut = all.reduce((sum, { nLeftOut }) => sum + nLeftOut, 0);
  const many = all.some(({ x }) => x.length > MOST_DOTS);
  const few = all.some(({ x }) => x.length <= MOST_DOTS);
  return [
    `Dissimilarities of ${all[0].xLabel} (across) and ${all.length === 1 ? all[0].yLabel : `of ${all.length} RDMs`} (up), joined by the labels of their items.`,
    ...(few ? ["Each dot is a pair of items."] : []),
    ...(many ? ["Hexagons: the darker, the more pairs (by the root of their number)."] : []),
    "Curves at the edges: densities of the values. Above: Pearson’s r and Spearman’s ρ; pairs share items and are not independent.",
    ...(all.some(({ identity }) => identity) ? ["Dashed: both are equal."] : []),
    ...(leftOut > 0
      ? [`${grouped(leftOut)} pairs are missing in one of the two, and left out.`]
      : []),
  ].join(" ");
}

/** The picture in words. */
export function altTextOf(all: readonly PairPoints[]): string {
  return `Scatter of dissimilarities against ${all[0].xLabel}: ${all.slice(0, 8).map(scoresOf).join("; ")}${all.length > 8 ? "; and others" : ""}.`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
