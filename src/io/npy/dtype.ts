import { FileFormatError, Unsupported } from "../../core/errors.ts";
import type { PythonLiteral } from "./python-literal.ts";

/** A type of numpy's that we read. */
export interface Dtype {
  /** As numpy writes it, for example `<f8`. */
  readonly name: string;
  readonly bigEndian: boolean;
  /** numpy's letter: bool, integer, unsigned, float, complex, bytes, text. */
  readonly letter: "b" | "i" | "u" | "f" | "c" | "S" | "U";
  /** Bytes of one element. */
  readonly itemBytes: number;
}

const SIZES: Readonly<Record<string, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8],
  c: [8, 16],
};

/** The dtype of a header's `descr`. Throws `Unsupported` for types we do not read, and says how to convert them. */
export function parseDtype(descr: PythonLiteral | undefined, file: string): Dtype {
  if (typeof descr === "object" && descr !== null && "list" in descr) {
    throw new Unsupported(
      `${file} holds a structured array (a record with fields)`,
      'save each field on its own in Python: np.savez("fields.npz", **{f: a[f] for f in a.dtype.names})',
    );
  }
  if (typeof descr !== "string") throw badDtype(descr, file);
  if (/^[<>|=]?O/.test(descr)) throw pickled(file);
  const found = /^([<>|=]?)([a-zA-Z])(\d{1,9})$/.exec(descr);
  if (found === null) throw unreadable(descr, file);
  const [, order, letter, digits] = found;
  const size = Number(digits);
  if (letter === "a" || letter === "S") return textDtype(descr, "S", size);
  if (letter === "U") return { ...textDtype(descr, "U", size * 4), bigEndian: order === ">" };
  if (SIZES[letter]?.includes(size) !== true) throw unreadable(descr, file);
  return {
    name: descr,
    bigEndian: order === ">",
    letter: letter as Dtype["letter"],
    itemBytes: size,
  };
}

function textDtype(name: string, letter: "S" | "U", itemBytes: number): Dtype {
  return { name, bigEndian: false, letter, itemBytes };
}

function pickled(file: string): Unsupported {
  return new Unsupported(
    `${file} holds Python objects (dtype=object), which are stored as a pickle; a pickle can run any program, so it is not read`,
    'convert it in Python: np.save("plain.npy", np.load(file, allow_pickle=True).astype(float)), or .astype(str) for text',
  );
}

function unreadable(descr: string, file: string): TypeErrorOfFile {
  if (!/^[<>|=]?[a-zA-Z]\d*(\[\w*\])?$/.test(descr)) return badDtype(descr, file);
  return new Unsupported(
    `${file} holds an array of numpy type ${JSON.stringify(descr)}, which has no exact counterpart here`,
    'convert it in Python, for example np.save("plain.npy", np.load(file).astype("f8"))',
  );
}

type TypeErrorOfFile = Unsupported | FileFormatError;

function badDtype(descr: PythonLiteral | undefined, file: string): FileFormatError {
  const found = descr === undefined ? "none" : JSON.stringify(descr).slice(0, 60);
  return new FileFormatError(file, "header entry descr", "a numpy type such as '<f8'", found);
}
