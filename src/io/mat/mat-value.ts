import { InvalidArgument } from "../../core/errors.ts";
import { thing } from "../../core/gate/kinds.ts";
import type { NpyArray } from "../npy/npy-array.ts";

/** A cell array. Its cells are in C order, like all data here; MATLAB counts down the columns. */
export interface MatCell {
  readonly kind: "cell";
  readonly shape: readonly number[];
  readonly data: readonly MatValue[];
}

/** A struct array; most have a single element. */
export interface MatStruct {
  readonly kind: "struct";
  readonly shape: readonly number[];
  /** Names of the fields, in the order of the file. */
  readonly fields: readonly string[];
  /** The elements, in C order: fields by name. */
  readonly data: readonly ReadonlyMap<string, MatValue>[];
}

/** A value that is no data: a function handle, an object, a table. */
export interface MatUnreadable {
  readonly kind: "unreadable";
  /** What it is. */
  readonly what: string;
}

/**
 * A value of a `.mat` file. Numbers, truth values, complex numbers and text are arrays as of an `.npy` file, in C order;
 * text has one entry for each row of characters, and shape `[]` when there is but one.
 */
export type MatValue = NpyArray | MatCell | MatStruct | MatUnreadable;

const isValue = thing("a value that readMat gave", "kind");

/**
 * The text in a value: a char array, or a cell array of them (a list of labels), in C order.
 * Throws `InvalidArgument` for anything else.
 *
 * @example
 * import { matTexts, type MatValue } from "tsrsa/io";
 * const label = (text: string): MatValue => ({ kind: "string", dtype: "char", shape: [], data: [text] });
 * matTexts({ kind: "cell", shape: [1, 2], data: [label("face"), label("house")] }); // [ "face", "house" ]
 */
export function matTexts(value: MatValue): string[] {
  isValue(value, "value");
  if (value.kind === "string") return [...value.data];
  if (value.kind === "cell") return value.data.flatMap((cell) => matTexts(cell));
  throw new InvalidArgument("value", value.kind, "text is wanted here: chars, or cells of chars");
}
