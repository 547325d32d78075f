import { formatNumber } from "../text/format-number.ts";
import type { MapColours } from "./map-colours.ts";
import { shownValue, type Shown, type Summary } from "./shown.ts";
import { centreOf } from "./volume.ts";

/** What is said of a figure of a map. */
export interface SaidOfMap {
  readonly label: string;
  readonly title: string | undefined;
  readonly shown: Shown;
  readonly summary: Summary;
  readonly colours: MapColours;
  readonly flip: boolean;
  /** How the map is looked at: `Three cuts through the peak.` */
  readonly how: string;
}

/** What is shown and how, in whole sentences. */
export function mapCaption(said: SaidOfMap): string {
  const { flip } = said;
  const sides = flip
    ? "The left of the head is on the right."
    : "The left of the head is on the left.";
  return [drawnSentence(said), peakSentence(said), ...outsideSentence(said), said.how, sides]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** The picture in words. */
export function mapAltText(said: SaidOfMap): string {
  const { title, label, summary } = said;
  const name = title === undefined ? "Brain map" : `Brain map (${title})`;
  const { nShown, least, greatest } = summary;
  const values =
    nShown === 0
      ? "no voxel is drawn"
      : summary.isFlat
        ? `${count(nShown, "voxel")}, all ${formatNumber(least)}`
        : `${count(nShown, "voxel")} drawn, values from ${formatNumber(least)} to ${formatNumber(greatest)}`;
  return `${name} of ${label}: ${values}. ${peakSentence(said)}`.trimEnd();
}

/** How much of the map is drawn. */
export function drawnSentence({
  label,
  shown,
  summary,
}: Pick<SaidOfMap, "label" | "shown" | "summary">): string {
  const { nShown, nValues, nUndefined } = summary;
  if (summary.isFlat) return `${capital(label)}: ${count(nShown, "voxel")}.`;
  const least = `${shown.oneSided ? "" : "±"}${formatNumber(shown.threshold)}`;
  const rule = shown.threshold > 0 ? `, those of at least ${least}` : "";
  const mask = shown.within === undefined ? "" : " inside the mask given";
  const lost = nUndefined === 0 ? "" : ` In ${count(nUndefined, "voxel")} it is undefined.`;
  return `${capital(label)} in ${grouped(nShown)} of ${count(nValues, "voxel")}${rule}${mask}.${lost}`;
}

function peakSentence({ shown, summary }: SaidOfMap): string {
  if (summary.peak < 0 || summary.isFlat) return "";
  const at = centreOf(shown.map, summary.peak).map((mm) =>
    formatNumber(Math.round(10 * mm) / 10, 4),
  );
  return `Farthest from 0: ${formatNumber(shown.map.data[summary.peak])} at (${at.join(", ")}) mm.`;
}

function outsideSentence({ colours, shown }: SaidOfMap): string[] {
  if (!colours.given) return [];
  let outside = 0;
  for (let at = 0; at < shown.map.data.length; at++) {
    const value = shownValue(shown, at);
    if (value < colours.low || value > colours.high) outside++;
  }
  if (outside === 0) return [];
  return [`${count(outside, "voxel")} outside of the colour scale, in its end colours.`];
}

function count(n: number, what: string): string {
  return `${grouped(n)} ${what}${n === 1 ? "" : "s"}`;
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

function capital(text: string): string {
  // A symbol keeps its case: t is not T.
  if (!/^[a-zà-ÿ]{2}/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
