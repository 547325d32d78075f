import { capital } from "../text/capital.ts";
import type { Range } from "../rdms/colour-range.ts";
import { missingSentences, origins, span } from "../rdms/words.ts";
import type { TimeCourse } from "../time-course/series.ts";
import { bandWords, timeCourseAltText, timeCourseCaption } from "../time-course/words.ts";
import { timeName, type Frames } from "./frames.ts";

/** What is said of a movie. */
export interface MovieSaid {
  readonly frames: Frames;
  /** Places of those that the still picture shows. */
  readonly shown: readonly number[];
  readonly label: string;
  readonly shared: Range | undefined;
  readonly origin: keyof typeof origins;
  readonly order: readonly string[];
  /** Cells of the strip, or of the large RDM, are means of several. */
  readonly averaged: boolean;
  readonly curves: readonly TimeCourse[];
  readonly scoreLabel: string;
}

/** What is shown and how, in whole sentences. */
export function movieCaption(said: MovieSaid): string {
  const { frames, shown, label, shared, origin, order, averaged, curves } = said;
  const { rdms } = frames;
  const some =
    shown.length < rdms.length ? ` (the strip: ${shown.length} of them, evenly apart)` : "";
  const scale =
    shared === undefined
      ? "No value is finite"
      : `One colour scale for all times, ${span(shared)} (${origins[origin]})`;
  return [
    `${capital(label)} between ${rdms[0].nItems} items at ${timesWords(frames)}${some}.`,
    ...order,
    `${scale}; the diagonal is masked.`,
    ...missingSentences({ rdms, shared, averaged }),
    ...curveSentences(curves, said.scoreLabel),
  ].join(" ");
}

function curveSentences(curves: readonly TimeCourse[], scoreLabel: string): string[] {
  if (curves.length === 0) return [];
  const words = timeCourseCaption(curves, {
    yLabel: capital(scoreLabel),
    peaks: false,
    bandLabel: bandWords(curves),
    yRange: undefined,
    significanceLabel: "times found significant",
  });
  return [`Curves: ${words}`];
}

/** The picture in words. */
export function movieAltText({ frames, label, shared, curves, scoreLabel }: MovieSaid): string {
  const values = shared === undefined ? "no finite value" : `colours from ${span(shared)}`;
  const what = `Representational dissimilarity matrices of ${frames.rdms[0].nItems} items at ${timesWords(frames)}: ${label}, ${values}.`;
  return curves.length === 0 ? what : `${what} ${timeCourseAltText(curves, scoreLabel)}`;
}

function timesWords({ timesS }: Frames): string {
  const [first, last] = [timesS[0], timesS[timesS.length - 1]];
  if (timesS.length === 1) return timeName(first);
  return `${timesS.length} times from ${timeName(first).replace(" s", "")} to ${timeName(last)}`;
}
