import { categoryColours } from "../colour/palette.ts";

/** The colour of a curve by its place; after a round of all they begin again. */
export function colourOf(at: number): string {
  return categoryColours[at % categoryColours.length];
}

/** A second round of the colours is told apart by its dashes. */
export function dashOf(at: number): string | undefined {
  return at < categoryColours.length ? undefined : "5,3";
}

/** More curves than this cannot be told apart. */
export const MOST_SERIES = 2 * categoryColours.length;
