import { latin1Bytes } from "../../core/latin1.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { objectBytes, type Budget } from "../budget/budget.ts";
import { decodeArray } from "./decode.ts";
import { parseDtype } from "./dtype.ts";
import type { NpyArray } from "./npy-array.ts";

/** What a pickle may hold here: numbers, text, lists, dictionaries and arrays, and nothing that could run. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PickleValue[]
  | ReadonlyMap<PickleValue, PickleValue>
  | NpyArray;

/** Names of Python that may be called: they only make arrays, dtypes, single numbers and dictionaries. */
export type Maker = "array" | "buffer" | "ndarray" | "dtype" | "scalar" | "dictionary" | "bytes";

/** A value while it is made; an array or a dtype gets its content by a later step. */
export type Making = PickleValue | Named | ArrayInMaking | DtypeInMaking;

/** A name that was looked up and may be called. */
export class Named {
  constructor(readonly maker: Maker) {}
}

/** A dtype of numpy's: its code (`f8`), and its byte order, which comes later. */
export class DtypeInMaking {
  order = "";
  constructor(readonly code: string) {}
  get descr(): string {
    return `${this.order}${this.code}`;
  }
}

/** An array whose shape and content come by a later step. */
export class ArrayInMaking {
  content: PickleValue | undefined;
}

const MODULES: Readonly<Record<string, Maker>> = {
  "numpy.core.multiarray._reconstruct": "array",
  "numpy._core.multiarray._reconstruct": "array",
  "numpy.core.multiarray.scalar": "scalar",
  "numpy._core.multiarray.scalar": "scalar",
  "numpy.core.numeric._frombuffer": "buffer",
  "numpy._core.numeric._frombuffer": "buffer",
  "numpy.ndarray": "ndarray",
  "numpy.dtype": "dtype",
  "collections.OrderedDict": "dictionary",
  "_codecs.encode": "bytes",
};

/** Look up a name. Throws `Unsupported` for every name that does more than make plain data. */
export function lookUp(module: string, name: string, file: string): Named {
  const full = `${module}.${name}`;
  if (Object.hasOwn(MODULES, full)) return new Named(MODULES[full]);
  throw new Unsupported(
    `${file} is a pickle that asks Python for ${JSON.stringify(full.slice(0, 80))}, which is not plain data and could run any program; it is not read`,
    "save plain arrays, numbers, text, lists or dictionaries of them instead",
  );
}

/** Call a name that was looked up. */
export function call(named: Making, args: readonly Making[], file: string, budget: Budget): Making {
  if (!(named instanceof Named)) throw damaged(file, "a call of something that is no name");
  const [first, second] = args;
  switch (named.maker) {
    case "array":
      return new ArrayInMaking();
    case "buffer":
      // Protocol 5: bytes, type, shape, and the order of axes.
      if (args[3] === "C" || args[3] === "F")
        return arrayOf([1, args[2], args[1], args[3] === "F", args[0]], file, budget);
      break;
    case "dictionary":
      if (args.length === 0) return new Map();
      break;
    case "dtype":
      if (typeof first === "string") return new DtypeInMaking(first);
      break;
    case "bytes":
      if (typeof first === "string" && second === "latin1") return byteString(first, file);
      break;
    case "scalar":
      if (first instanceof DtypeInMaking && second instanceof Uint8Array)
        return scalarOf(first, second, file);
  }
  throw damaged(file, `a call of ${named.maker} with unknown arguments`);
}

/** Give an array or a dtype its content. */
export function build(target: Making, state: Making, file: string, budget: Budget): void {
  if (!Array.isArray(state)) throw damaged(file, "a state that is no tuple");
  const parts = state as readonly Making[];
  if (target instanceof DtypeInMaking && typeof parts[1] === "string") {
    // What follows the order describes records with fields, which are refused by their code.
    target.order = parts[1];
    return;
  }
  if (target instanceof ArrayInMaking && target.content === undefined) {
    target.content = arrayOf(parts, file, budget);
    return;
  }
  throw damaged(file, "a state for something that has none");
}

/** The finished value. */
export function finished(value: Making, file: string): PickleValue {
  if (value instanceof ArrayInMaking && value.content !== undefined) return value.content;
  if (value instanceof Named || value instanceof ArrayInMaking || value instanceof DtypeInMaking)
    throw damaged(file, "something unfinished where a value should be");
  return value;
}

export function damaged(file: string, found: string): FileFormatError {
  return new FileFormatError(file, "pickle", "a whole pickle of plain data", found);
}

function arrayOf(
  [, shape, dtype, fortran, data]: readonly Making[],
  file: string,
  budget: Budget,
): PickleValue {
  const lengths = Array.isArray(shape) ? (shape as readonly Making[]) : [];
  const known = lengths.every((n) => typeof n === "number" && Number.isSafeInteger(n) && n >= 0);
  if (!Array.isArray(shape) || !known || !(dtype instanceof DtypeInMaking))
    throw damaged(file, "an array without shape and type");
  const count = (lengths as readonly number[]).reduce((product, n) => product * n, 1);
  if (/^O\d*$/.test(dtype.code)) {
    if (!Array.isArray(data) || data.length !== count)
      throw damaged(file, `an array of objects that does not have the ${count} its shape claims`);
    const list = data as readonly PickleValue[];
    // A single object (numpy's way of saving a dictionary) is the object itself.
    return lengths.length === 0 ? list[0] : list;
  }
  if (!(data instanceof Uint8Array)) throw damaged(file, "an array without its bytes");
  const parsed = parseDtype(dtype.descr, file);
  // Elements of no bytes would let a short pickle claim any number of them.
  if (parsed.itemBytes === 0 && count > 0) throw damaged(file, `${count} values of no bytes`);
  if (count * parsed.itemBytes !== data.length)
    throw damaged(file, `${data.length} bytes for ${count} numbers of ${dtype.descr}`);
  const isText = parsed.letter === "S" || parsed.letter === "U";
  budget.take(data.length + (isText ? count * objectBytes : 0), "arrays");
  const header = { dtype: parsed, fortran: fortran === true, count };
  return decodeArray(data.slice(), { ...header, shape: lengths as readonly number[] }, file);
}

function scalarOf(dtype: DtypeInMaking, bytes: Uint8Array, file: string): PickleValue {
  const parsed = parseDtype(dtype.descr, file);
  if (parsed.itemBytes !== bytes.length) throw damaged(file, "a number of the wrong size");
  const header = { dtype: parsed, fortran: false, shape: [], count: 1 };
  const array = decodeArray(bytes.slice(), header, file);
  if (array.kind === "complex") throw damaged(file, "a complex number");
  if (array.kind !== "bigint") return array.kind === "bool" ? array.data[0] === 1 : array.data[0];
  const value = array.data[0];
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function byteString(text: string, file: string): Uint8Array {
  const bytes = latin1Bytes(text);
  if (bytes === undefined) throw damaged(file, "bytes above 255");
  return bytes;
}
