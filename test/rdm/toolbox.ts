import { Rdm } from "../../src/index.ts";
import {
  isReferenceError,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";

/** RDMs as rsatoolbox returned them. */
export interface ToolboxRdms {
  readonly dissimilarities: ReferenceArray;
  readonly measure: string | null;
  readonly rdm_descriptors: Readonly<Record<string, readonly (string | number)[]>>;
  readonly pattern_descriptors: Readonly<Record<string, readonly (string | number)[]>>;
}

export interface ToolboxCase {
  readonly name: string;
  readonly output: ToolboxRdms | ReferenceError;
}

export interface ToolboxFile<Meta> {
  readonly meta: Meta;
  readonly cases: readonly ToolboxCase[];
}

export function toolbox<Meta>(file: string) {
  const { meta, cases } = readReference<ToolboxFile<Meta>>(file);
  return {
    meta,
    output: (name: string): ToolboxRdms => {
      const found = cases.find((one) => one.name === name)?.output;
      if (found === undefined || isReferenceError(found)) throw new Error(`no result ${name}`);
      return found;
    },
  };
}

/** Row by row. */
export function rowsOf(array: ReferenceArray): Float64Array[] {
  const numbers = numbersOf(array);
  const width = array.shape[array.shape.length - 1];
  return Array.from({ length: numbers.length / width }, (_, row) =>
    numbers.slice(row * width, (row + 1) * width),
  );
}

/** An RDM for each row. */
export function rdmsOf(array: ReferenceArray, items: readonly string[], metric?: string): Rdm[] {
  return rowsOf(array).map((row) => new Rdm(row, { items, metric }));
}
