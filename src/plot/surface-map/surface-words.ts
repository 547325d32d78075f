import { isDrawn, type Shown } from "../stat-map/shown.ts";
import { formatNumber } from "../text/format-number.ts";
import type { HalfMap } from "./surface-values.ts";

/** Which values are drawn, as on slices. */
export type Rule = Pick<Shown, "threshold" | "oneSided">;

/** Whether a value lies above the threshold. */
export function reaches(values: Float64Array, threshold: number): boolean {
  return values.some((value) => value >= threshold);
}

/** What is drawn of a map on the cortex. */
export interface SurfaceSummary {
  readonly nShown: number;
  readonly nValues: number;
  readonly least: number;
  readonly greatest: number;
  readonly isFlat: boolean;
  /** Where the value farthest from 0 is: `left 12`. */
  readonly peak: string;
  readonly peakValue: number;
}

/** Count what is drawn. */
export function summarize(halves: readonly HalfMap[], rule: Rule): SurfaceSummary {
  let [nShown, nValues, least, greatest, peakValue] = [0, 0, Infinity, -Infinity, 0];
  let peak = "";
  for (const { side, values } of halves)
    values.forEach((value, vertex) => {
      if (!Number.isNaN(value)) nValues++;
      if (!isDrawn(rule, value)) return;
      nShown++;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      if (Math.abs(value) > Math.abs(peakValue)) {
        peakValue = value;
        peak = `${side} ${vertex}`;
      }
    });
  const isFlat = nShown > 0 && least === greatest;
  return { nShown, nValues, least, greatest, isFlat, peak, peakValue };
}

/** What is shown and how, in whole sentences. */
export function captionOf(
  label: string,
  { threshold, oneSided }: Rule,
  { nShown, nValues, peak, peakValue }: SurfaceSummary,
  how: string,
): string {
  const rule =
    threshold > 0 ? `, those of at least ${oneSided ? "" : "±"}${formatNumber(threshold)}` : "";
  const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  const vertices = nValues === 1 ? "vertex" : "vertices";
  const name = /^[a-zà-ÿ]{2}/.test(label) ? label.charAt(0).toUpperCase() + label.slice(1) : label;
  const drawn = `${name} at ${grouped(nShown)} of ${grouped(nValues)} ${vertices}${rule}.`;
  const where = nShown === 0 ? "" : `Farthest from 0: ${formatNumber(peakValue)} at ${peak}.`;
  return [drawn, where, how].filter((sentence) => sentence !== "").join(" ");
}

/** The picture in words. */
export function altTextOf(
  label: string,
  title: string | undefined,
  summary: SurfaceSummary,
): string {
  const { nShown, least, greatest, peak, peakValue } = summary;
  const name = title === undefined ? "Map on the cortex" : `Map on the cortex (${title})`;
  if (nShown === 0) return `${name} of ${label}: no vertex is drawn.`;
  const range = `values from ${formatNumber(least)} to ${formatNumber(greatest)}`;
  return `${name} of ${label}: ${nShown} vertices drawn, ${range}. Farthest from 0: ${formatNumber(peakValue)} at ${peak}.`;
}
