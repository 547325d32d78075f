import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import { namesOfSources, type SourceEstimates } from "./source-estimates.ts";

/** Throws unless both have the same sources, on one brain, and currents of one sort. */
export function checkSameBrain(first: SourceEstimates, other: SourceEstimates, who: string): void {
  const [a, b] = [first.subject, other.subject];
  if (first.kind !== other.kind || (a !== undefined && b !== undefined && a !== b))
    throw new InvalidArgument(
      who,
      `a ${other.kind} of ${b ?? "an unnamed subject"}`,
      `the first is a ${first.kind} of ${a ?? "an unnamed subject"}; bring all onto one brain with morphTo`,
    );
  const side = first.vertices.findIndex(
    (list, at) =>
      list.length !== other.vertices[at].length ||
      list.some((vertex, k) => vertex !== other.vertices[at][k]),
  );
  if (side >= 0) throw differentSources(first, other, who);
  if (first.isVector === other.isVector) return;
  const [mine, theirs] = [first, other].map(({ isVector }) => (isVector ? "with" : "without"));
  throw new InvalidArgument(
    who,
    `estimates ${theirs} directions`,
    `the first has some ${mine}; give all the same`,
  );
}

function differentSources(first: SourceEstimates, other: SourceEstimates, who: string): Error {
  const [mine, theirs] = [first, other].map(({ vertices, kind }) => namesOfSources(vertices, kind));
  const [has, needs] = [new Set(theirs), new Set(mine)];
  return new ItemMismatch(
    mine.filter((name) => !has.has(name)),
    theirs.filter((name) => !needs.has(name)),
    `${who} has other sources than the first; bring all onto one brain with morphTo`,
  );
}
