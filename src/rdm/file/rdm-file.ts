import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { FileFormatError, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toInteger } from "../../core/gate/integer.ts";
import { listOf, whole } from "../../core/gate/kinds.ts";
import { toLabels } from "../../core/gate/label.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { openSource } from "../../core/open-source.ts";
import { asMatrix } from "../../io/npy/npy-array.ts";
import { readHeader } from "../../io/npy/parse-npy.ts";
import { ZarrArray } from "../../io/zarr/zarr-array.ts";
import { Rdm } from "../rdm.ts";

/** What a file does not say of its RDM. */
export interface RdmFileOptions {
  /** Labels of the items, in order. */
  readonly items?: readonly string[];
  /** What the RDM is called. */
  readonly name?: string;
  /** Ends what is fetched of a file on a server, as long as it is open. */
  readonly signal?: AbortSignal;
}

const rdmFileNames: OptionNames<RdmFileOptions> = { items: true, name: true, signal: true };

/** Values that are read at a time where nobody says otherwise. */
const PIECE = 2 ** 17;

/** Condensed dissimilarities, wherever they are. */
export interface StoredPairs {
  readonly name: string;
  readonly nPairs: number;
  read(from: number, count: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/** An RDM that stays in its file: condensed dissimilarities, of which parts are read. */
export class RdmFile {
  readonly nItems: number;
  readonly nPairs: number;
  readonly items: readonly string[] | undefined;
  readonly name: string | undefined;
  readonly #pairs: StoredPairs;

  /** By {@link openRdmFile}. */
  constructor(pairs: StoredPairs, options: RdmFileOptions) {
    this.#pairs = pairs;
    this.nPairs = pairs.nPairs;
    this.nItems = itemsOf(pairs.nPairs, pairs.name);
    this.name = options.name;
    this.items = options.items && toLabels(options.items);
    if (this.items !== undefined && this.items.length !== this.nItems)
      throw new ShapeMismatch(`${this.nItems} labels, one per item`, `${this.items.length}`);
  }

  /** So many dissimilarities from a pair on, in condensed order. Throws `InvalidArgument` for pairs it does not have. */
  async read(from: number, count: number): Promise<Float64Array> {
    toInteger(from, "from", 0, this.nPairs);
    toInteger(count, "count", 0, this.nPairs - from);
    return this.#pairs.read(from, count);
  }

  /** All dissimilarities piece by piece, in condensed order. */
  async *pieces(length = PIECE): AsyncGenerator<Float64Array, void, undefined> {
    toInteger(length, "length", 1);
    for (let from = 0; from < this.nPairs; from += length)
      yield await this.read(from, Math.min(length, this.nPairs - from));
  }

  /** The RDM of some items, by position from 0, each once, in memory. Throws `InvalidArgument`. */
  async subset(positions: readonly number[]): Promise<Rdm> {
    checkPositions(positions, this.nItems);
    const n = positions.length;
    const values = new Float64Array((n * (n - 1)) / 2);
    let at = 0;
    for (let a = 0; a < n; a++)
      for (let b = a + 1; b < n; b++) {
        const [i, j] = [positions[a], positions[b]].sort((x, y) => x - y);
        const pair = i * this.nItems - (i * (i + 1)) / 2 + j - i - 1;
        values[at++] = (await this.read(pair, 1))[0];
      }
    const { items, name } = this;
    return new Rdm(values, { items: items && positions.map((i) => items[i]), name });
  }

  async close(): Promise<void> {
    await this.#pairs.close();
  }
}

/**
 * Open an RDM in an `.npy` file (condensed float64, as {@link writeRdmFile} and scipy's `pdist` have it), of this disk or
 * a server, or in an array of a Zarr store ({@link openZarr}); nothing but its header is read. The caller closes it.
 *
 * @throws MissingFile; FileFormatError for another type or shape; ShapeMismatch for labels of another number.
 * @example
 * import { openRdmFile } from "tsrsa";
 * import { npyBytes } from "tsrsa/io";
 * const file = await openRdmFile(npyBytes(Float64Array.of(1, 2, 3)), { items: ["a", "b", "c"] });
 * file.nItems; // 3
 * await file.close();
 */
export async function openRdmFile(
  input: FileInput | ZarrArray,
  options: RdmFileOptions = {},
): Promise<RdmFile> {
  checkOptions(options, rdmFileNames);
  if (input instanceof ZarrArray) return new RdmFile(inArray(input, options.signal), options);
  const source = await openSource(input, options.signal);
  try {
    const { header, dataStart } = await readHeader(source);
    const { dtype, shape, count } = header;
    checkCondensed(source.name, dtype.name, "<f8", shape);
    return new RdmFile(inBytes(source, dataStart, count), options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Throws `FileFormatError` for another type, or more axes than one. */
function checkCondensed(
  name: string,
  dtype: string,
  expected: string,
  shape: readonly number[],
): void {
  if (dtype !== expected)
    throw new FileFormatError(name, "type of values", `${expected} (float64)`, dtype, {
      advice: "write it as float64",
    });
  if (shape.length !== 1)
    throw new FileFormatError(name, "shape", "one axis", `(${shape.join(", ")})`, {
      advice: "write its upper triangle, as scipy's squareform and pdist have it",
    });
}

function inBytes(source: ByteSource, start: number, nPairs: number): StoredPairs {
  return {
    name: source.name,
    nPairs,
    read: async (from, count) => {
      const bytes = await source.read(start + 8 * from, 8 * count);
      return new Float64Array(new Uint8Array(bytes).buffer);
    },
    close: () => source.close(),
  };
}

function inArray(array: ZarrArray, signal: AbortSignal | undefined): StoredPairs {
  checkCondensed(array.name, array.dtype, "float64", array.shape);
  return {
    name: array.name,
    nPairs: array.shape[0],
    read: async (from, count) => {
      const { data } = asMatrix(await array.read({ start: [from], count: [count] }, signal));
      return Float64Array.from(data);
    },
    close: async () => {},
  };
}

function checkPositions(positions: readonly number[], nItems: number): void {
  listOf(whole(0, nItems - 1))(positions, "positions");
  const twice = positions.find((one, at) => positions.indexOf(one) !== at);
  if (twice !== undefined)
    throw new InvalidArgument("positions", `${twice} twice`, "give each item once");
}

function itemsOf(nPairs: number, file: string): number {
  const n = (1 + Math.sqrt(1 + 8 * nPairs)) / 2;
  if (Number.isInteger(n) && n >= 2 && (n * (n - 1)) / 2 === nPairs) return n;
  throw new FileFormatError(file, "length", "n (n − 1) / 2 of two or more items", `${nPairs}`);
}
