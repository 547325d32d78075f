import type { Rdm } from "../../rdm/rdm.ts";
import { formatNumber } from "../text/format-number.ts";
import { countUnshown, finiteRange, type Range } from "./colour-range.ts";

/** What is said of a figure of RDMs. */
export interface Said {
  readonly rdms: readonly Rdm[];
  readonly titles: readonly string[];
  readonly label: string;
  /** Range of the shared scale; undefined when each panel has its own. */
  readonly shared: Range | undefined;
  /** Where the range comes from. */
  readonly origin: "found" | "given" | "robust";
  /** What a line is around; undefined: there is none. */
  readonly outlined: string | undefined;
  /** What to say of the order of the items. */
  readonly order: readonly string[];
  readonly averaged: boolean;
}

/** What is shown and how, in whole sentences. */
export function rdmsCaption(said: Said): string {
  const first = `${capital(said.label)} between ${itemCount(said.rdms)}.`;
  return [
    first,
    ...said.order,
    scaleSentence(said),
    ...outlineSentence(said),
    ...missingSentences(said),
  ].join(" ");
}

/** The picture in words. */
export function rdmsAltText({ rdms, titles, label }: Said): string {
  const range = finiteRange(rdms);
  const values = range === undefined ? "no finite value" : `values from ${span(range)}`;
  const what =
    rdms.length === 1
      ? "Representational dissimilarity matrix"
      : `${rdms.length} representational dissimilarity matrices`;
  const names = titles.filter((title) => title !== "");
  const list =
    names.length === 0 ? "" : ` (${names.slice(0, 8).join(", ")}${names.length > 8 ? " …" : ""})`;
  return `${what}${list} of ${itemCount(rdms)}: ${label}, ${values}.`;
}

/** A range in words; one number where lowest and highest are the same. */
export function span([low, high]: Range, significant = 3): string {
  const [from, to] = [formatNumber(low, significant), formatNumber(high, significant)];
  return low === high ? from : `${from} to ${to}`;
}

/** Where the range of a scale comes from, in words. */
export const origins = {
  found: "the lowest and highest off-diagonal value",
  given: "as given",
  robust: "the 1st and 99th percentile of what is drawn",
} as const;

function scaleSentence({ rdms, shared, origin }: Said): string {
  const masked = "the diagonal is masked";
  if (rdms.length > 1 && shared === undefined)
    return finiteRange(rdms) === undefined
      ? `No value is finite; ${masked}.`
      : `Each panel is coloured by its own range${origin === "robust" ? ` (${origins.robust})` : ""}, written above it; colours do not compare across panels; ${masked}.`;
  if (shared === undefined) return `No value is finite; ${masked}.`;
  const all =
    rdms.length > 1
      ? `One colour scale for ${rdms.length === 2 ? "both" : `all ${rdms.length}`} panels, `
      : "Colours from ";
  return `${all}${span(shared)} (${origins[origin]}); ${masked}.`;
}

function outlineSentence({ outlined }: Said): string[] {
  return outlined === undefined ? [] : [`Line: ${outlined}.`];
}

/**
 * How many dissimilarities are missing or lie outside of a scale. Where a pixel is a mean, single dissimilarities are
 * not what is drawn in the end colours.
 */
export function missingSentences({
  rdms,
  shared,
  averaged = false,
}: Pick<Said, "rdms" | "shared"> & { readonly averaged?: boolean }): string[] {
  const total = rdms.reduce((sum, rdm) => sum + rdm.condensed.length, 0);
  const counts = rdms.map((rdm) => countUnshown(rdm, shared));
  const missing = counts.reduce((sum, count) => sum + count.missing, 0);
  const outside = counts.reduce((sum, count) => sum + count.outside, 0);
  return [
    ...(missing > 0 ? [`${share(missing, total)} missing or infinite (hatched).`] : []),
    ...(outside > 0
      ? [
          `${share(outside, total)} outside of the scale${averaged ? "" : " (drawn in its end colours)"}.`,
        ]
      : []),
    ...(averaged ? ["Each pixel is the mean over the cells it covers."] : []),
  ];
}

function share(count: number, total: number): string {
  const verb = count === 1 ? "is" : "are";
  return `${grouped(count)} of ${grouped(total)} dissimilarities ${verb}`;
}

function itemCount(rdms: readonly Rdm[]): string {
  const sizes = [...new Set(rdms.map((rdm) => rdm.nItems))].sort((a, b) => a - b);
  if (sizes.length === 1) return `${grouped(sizes[0])} item${sizes[0] === 1 ? "" : "s"}`;
  return `${grouped(sizes[0])} to ${grouped(sizes[sizes.length - 1])} items`;
}

/** Thousands apart, the same in every locale. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
