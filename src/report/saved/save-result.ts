import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, InvalidArgument } from "../../core/errors.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { checkedPath } from "../../core/gate/path.ts";
import { readWhole } from "../../core/open-source.ts";
import { asMatrix, asStrings, npzBytes, readNpz } from "../../io/index.ts";
import type { EvalResult } from "../../rsa/eval-result.ts";
import type { RsaModel } from "../../rsa/models/rsa-model.ts";
import type { RsaResult } from "../../rsa/rsa-result.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import type { PowerResult } from "../../simulate/power/power-result.ts";
import type { Observations } from "../../table/observations.ts";
import type { Table } from "../../table/table.ts";
import { writePath } from "#platform/files";
import type { KeptArray } from "../../core/array-kinds.ts";
import { arrayOfKind, fromBase64, toBase64 } from "./arrays.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";

/** What can be saved: a result, a model, RDMs, a table, observations; numbers and text; lists and objects of all these. */
export type Savable =
  | EvalResult
  | RsaResult
  | PowerResult
  | RsaModel
  | Rdm
  | Table
  | Observations
  | ArrayBufferView
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | readonly Savable[]
  | ReadonlyMap<string, Savable>
  | { readonly [name: string]: Savable };

/** In which form something is saved. */
export interface ResultBytesOptions {
  /** `json` (default): text, numbers of arrays in base64. `npz`: arrays that numpy reads, too, the rest as JSON in it. */
  readonly format?: "json" | "npz";
}

const resultBytesNames: OptionNames<ResultBytesOptions> = { format: oneOf(["json", "npz"]) };

const KIND = "tsrsa saved value";
const VERSION = 1;
/** The array of an `.npz` file that holds the JSON; arrays are called array0, array1 … */
const HEAD = "saved.json";

/**
 * Save a result, a model, RDMs, a table or observations, also lists and objects of them, as `.json` or `.npz`: scores,
 * labels, seeds' draws and weights, all numbers exactly. {@link readResult} reads it back equal. What is no data, as a
 * function, is refused.
 *
 * @throws InvalidArgument for another ending, or a value that cannot be saved.
 * @example
 * import { saveResult } from "tsrsa";
 * const save = (result: Parameters<typeof saveResult>[1]) => saveResult("models.json", result);
 */
export async function saveResult(path: string | URL, value: Savable): Promise<void> {
  const name = checkedPath(path);
  const ending = /\.(json|npz)$/i.exec(String(name))?.[1].toLowerCase();
  if (ending !== "json" && ending !== "npz")
    throw new InvalidArgument("path", path, "give a name that ends in .json or .npz");
  await writePath(path, [await resultBytes(value, { format: ending })]);
}

/**
 * The bytes of a saved result; see {@link saveResult}.
 *
 * @example
 * import { Rdm, readResult, resultBytes, weightedModel } from "tsrsa";
 * const model = weightedModel([new Rdm([1, 2, 3]), new Rdm([3, 2, 1])], { name: "both" });
 * const file = await resultBytes({ model, theta: Float64Array.of(0.6, NaN) });
 * const saved = (await readResult(file)) as { model: typeof model; theta: Float64Array };
 * saved.model.predict([1, 1]).condensed; // Float64Array(3) [ 4, 4, 4 ]
 */
export async function resultBytes(
  value: Savable,
  options: ResultBytesOptions = {},
): Promise<Uint8Array> {
  checkOptions(options, resultBytesNames);
  if (options.format !== "npz")
    return new TextEncoder().encode(`${JSON.stringify(headOf(encode(value, toBase64)))}\n`);
  const arrays: KeptArray[] = [];
  const encoded = encode(value, (array) => `array${arrays.push(array) - 1}`);
  const named = arrays.map((data, at) => [`array${at}`, { data, shape: [data.length] }] as const);
  return npzBytes({ [HEAD]: [JSON.stringify(headOf(encoded))], ...Object.fromEntries(named) });
}

function headOf(value: unknown) {
  return { kind: KIND, version: VERSION, value };
}

/**
 * Read what {@link saveResult} saved. Nothing of the file is run.
 *
 * @throws FileFormatError for a file that is damaged, of a newer version or none of ours; MissingFile.
 * @example
 * import { Rdm, readResult, resultBytes } from "tsrsa";
 * const rdm = (await readResult(await resultBytes(new Rdm([0.1, NaN, 2])))) as Rdm;
 * rdm.condensed; // Float64Array(3) [ 0.1, NaN, 2 ]
 */
export async function readResult(input: FileInput): Promise<Savable> {
  const { bytes, name } = await readWhole(input);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return (isZip ? await readFromNpz(bytes, name) : readFromJson(bytes, name)) as Savable;
}

function readFromJson(bytes: Uint8Array, file: string): unknown {
  const value = valueOf(new TextDecoder().decode(bytes), file);
  return decode(
    value,
    (kind, text) => (typeof text === "string" ? fromBase64(kind, text) : undefined),
    file,
  );
}

async function readFromNpz(bytes: Uint8Array, file: string): Promise<unknown> {
  const arrays = await readNpz(bytes);
  const head = arrays.get(HEAD);
  const value = valueOf(head?.kind === "string" ? asStrings(head).join("") : "", file);
  return decode(
    value,
    (kind, name) => {
      const array = typeof name === "string" ? arrays.get(name) : undefined;
      return array === undefined ? undefined : arrayOfKind(kind, asMatrix(array).data);
    },
    file,
  );
}

function valueOf(text: string, file: string): unknown {
  let head: Partial<ReturnType<typeof headOf>> | null;
  try {
    head = JSON.parse(text) as typeof head;
  } catch (cause) {
    throw new FileFormatError(file, "content", "what saveResult saved", text.slice(0, 40), {
      cause,
    });
  }
  if (head?.kind !== KIND)
    throw new FileFormatError(file, "content", "what saveResult saved", "something else");
  if (head.version !== VERSION)
    throw new FileFormatError(file, "version", String(VERSION), String(head.version), {
      advice: "it was saved by a newer version of tsrsa; read it with that",
    });
  return head.value;
}
