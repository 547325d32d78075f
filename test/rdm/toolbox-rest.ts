import { Rdm } from "../../src/rdm/index.ts";
import { numbersOf, readReference, type ReferenceArray } from "../reference/read-reference.ts";

/** A case of what rsatoolbox has beyond its core. */
export interface RestCase {
  readonly name: string;
  readonly input: Record<string, ReferenceArray> & Record<string, unknown>;
  readonly expected: Record<string, ReferenceArray> & Record<string, unknown>;
}

export const { cases } = readReference<{ cases: RestCase[] }>("questions/toolbox-rest.json");

export function casesOf(start: string): RestCase[] {
  return cases.filter(({ name }) => name.startsWith(start));
}

/** Each row of a matrix as an RDM. */
export function rdmsOf(array: ReferenceArray, items?: readonly string[]): Rdm[] {
  const [n, pairs] = array.shape;
  const values = numbersOf(array);
  return Array.from(
    { length: n },
    (_, at) => new Rdm(values.slice(at * pairs, (at + 1) * pairs), { items }),
  );
}

/** Each row of a matrix of positions. */
export function rowsOf(array: ReferenceArray): number[][] {
  const [n, width] = array.shape;
  const values = Array.from(numbersOf(array));
  return Array.from({ length: n }, (_, at) => values.slice(at * width, (at + 1) * width));
}
