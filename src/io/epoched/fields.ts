import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { asMatrix } from "../npy/npy-array.ts";
import type { MatValue } from "../mat/mat-value.ts";

/** A struct element: values by the names of its fields. */
export type Fields = ReadonlyMap<string, MatValue>;

/** Takes fields of structs out of a file, and says which one is not what it should be. */
export class FieldReader {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** The one element of a struct. */
  fields(value: MatValue | undefined, name: string): Fields {
    const [first, second] = value?.kind === "struct" ? value.data : [];
    if (first !== undefined && second === undefined) return first;
    throw this.fault(name, "a struct of one element", said(value));
  }

  /** The elements of a struct array; none when it is empty or not there. */
  elements(value: MatValue | undefined, name: string): readonly Fields[] {
    if (isEmpty(value)) return [];
    if (value?.kind === "struct") return value.data;
    throw this.fault(name, "a struct array", said(value));
  }

  /** One number, or `otherwise` where there is none. */
  number(value: MatValue | undefined, name: string, otherwise?: number): number {
    if (isEmpty(value) && otherwise !== undefined) return otherwise;
    const found = this.#numbersOf(value);
    if (found?.length === 1) return found[0];
    throw this.fault(name, "one number", said(value));
  }

  /** One whole number of 0 or more. */
  count(value: MatValue | undefined, name: string, otherwise?: number): number {
    const count = this.number(value, name, otherwise);
    if (Number.isSafeInteger(count) && count >= 0) return count;
    throw this.fault(name, "a whole number", String(count));
  }

  /** All numbers of an array with its shape. */
  numbers(value: MatValue | undefined, name: string) {
    const data = this.#numbersOf(value);
    if (data !== undefined && value !== undefined && "shape" in value)
      return { data, shape: value.shape };
    throw this.fault(name, "an array of numbers", said(value));
  }

  /** One text, or `undefined` where the value is something else. */
  text(value: MatValue | undefined): string | undefined {
    if (value?.kind === "string" && value.data.length === 1) return value.data[0];
    // A cell of one text is as good.
    if (value?.kind === "cell" && value.data.length === 1) return this.text(value.data[0]);
    return undefined;
  }

  /** A list of texts: a cell array, or rows of characters without the blanks that fill them up. */
  texts(value: MatValue | undefined, name: string): string[] {
    if (value?.kind === "string") return value.data.map((text) => text.trimEnd());
    const list = value?.kind === "cell" ? value.data.map((cell) => this.text(cell)) : [undefined];
    if (!list.includes(undefined)) return list as string[];
    throw this.fault(name, "a list of texts", said(value));
  }

  /** A text or number as text, as names of events are. */
  label(value: MatValue | undefined, name: string): string {
    const text = this.text(value);
    return text ?? String(this.number(value, name));
  }

  fault(field: string, expected: string, found: string): FileFormatError {
    return new FileFormatError(this.file, field, expected, found, {
      advice: "the file is damaged, or of another version of the toolbox; save it again",
    });
  }

  #numbersOf(value: MatValue | undefined): ArrayLike<number> | undefined {
    if (value?.kind === "unreadable")
      throw new Unsupported(`${this.file} holds ${value.what}`, "save it as plain arrays");
    const isNumbers =
      value?.kind === "number" || value?.kind === "bool" || value?.kind === "bigint";
    return isNumbers ? asMatrix(value).data : undefined;
  }
}

/** True for what is not there, and for `[]`, which stands for anything that is not there. */
export function isEmpty(value: MatValue | undefined): boolean {
  if (value === undefined) return true;
  if (value.kind === "unreadable") return false;
  if (value.kind === "complex") return value.real.length === 0;
  return value.data.length === 0 || (value.kind === "string" && value.data.join("") === "");
}

function said(value: MatValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value.kind === "unreadable") return value.what;
  return `${value.kind} of shape (${value.shape.join(", ")})`;
}
