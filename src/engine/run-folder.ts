import {
  absolutePath,
  appendLine,
  storedBytes,
  namesIn,
  removeFile,
  sizeOfFile,
} from "#platform/block-files";
import { sha256Of } from "#platform/machine";
import { writePath } from "#platform/files";
import { arrayKinds, kindOfArray, type ArrayKind } from "../core/array-kinds.ts";
import { FileFormatError, MissingFile } from "../core/errors.ts";
import type { NumericArray } from "../core/matrix.ts";
import { writeText } from "../core/write-text.ts";
import { parsePlan, type Plan, type PlanInput } from "./plan.ts";

/** Bytes of the hash behind the numbers of a block. */
const HASH_BYTES = 32;
/** So much of a block's name its file has while it is written. */
const PART_DIGITS = 48;

/**
 * The folder of long work: plans, arrays and blocks, every file under the hash of what is in it or of what it depends on,
 * complete or not there. Any number of processes on any number of machines may work in it.
 */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = absolutePath(path);
  }

  /** Keep an array; one that is there already is not written again. */
  async writeInput(values: NumericArray): Promise<PlanInput> {
    const bytes = bytesOfArray(values);
    const sha256 = sha256Of([bytes]);
    const path = `${this.path}/inputs/${sha256}`;
    if ((await sizeOfFile(path)) !== bytes.length) await writePath(path, [bytes]);
    return { sha256, kind: kindOfArray(values), bytes: bytes.length };
  }

  /** An array, its hash checked. Throws `MissingFile`, `FileFormatError`. */
  async readInput({ sha256, kind }: PlanInput): Promise<NumericArray> {
    const path = `${this.path}/inputs/${sha256}`;
    const bytes = await storedBytes(path);
    if (bytes === undefined) throw new MissingFile(path, "run the command that planned it again");
    const found = sha256Of([bytes]);
    if (found !== sha256) throw new FileFormatError(path, "SHA-256", sha256, found);
    const Kind = arrayKinds[kind as ArrayKind];
    return new Kind(bytes.buffer as ArrayBuffer);
  }

  /**
   * Path of a plan's file. Commands that ask for the same numbers share their blocks and have a file each, as each of them
   * has something of its own to write.
   */
  planPath({ id, command, workingFolder }: Pick<Plan, "id" | "command" | "workingFolder">): string {
    const by = JSON.stringify([command, workingFolder]);
    const mark = sha256Of([new TextEncoder().encode(by)]).slice(0, 8);
    const name = command === undefined ? id.slice(0, 16) : `${id.slice(0, 16)}-${mark}`;
    return `${this.path}/plans/${name}.json`;
  }

  async writePlan(plan: Plan): Promise<void> {
    await writeText(this.planPath(plan), `${JSON.stringify(plan, null, 1)}\n`);
  }

  /** All plans of this folder, in the order of their names. */
  async plans(): Promise<Plan[]> {
    const names = (await namesIn(`${this.path}/plans`)).filter((name) => name.endsWith(".json"));
    return Promise.all(names.sort().map((name) => readPlan(`${this.path}/plans/${name}`)));
  }

  /** Keys of the blocks that are there. */
  async keys(): Promise<Set<string>> {
    return new Set(await namesIn(`${this.path}/blocks`));
  }

  /** Whether a block is there, complete or damaged. */
  async hasBlock(key: string): Promise<boolean> {
    return (await sizeOfFile(`${this.path}/blocks/${key}`)) !== undefined;
  }

  /** Write a block: its numbers and their hash behind them. A second writer of the same block does no harm. */
  async writeBlock(key: string, values: Float64Array): Promise<void> {
    const bytes = bytesOfArray(values);
    try {
      await writePath(`${this.path}/blocks/${key}`, [bytes, hashBytes(bytes)]);
    } catch (error) {
      // Who ended the work meanwhile may have taken our half file away: the block is there, by another.
      if ((await this.readBlock(key, values.length)) === undefined) throw error;
    }
  }

  /** Numbers of a block; undefined when it is not there, cut or damaged. */
  async readBlock(key: string, length: number): Promise<Float64Array | undefined> {
    const bytes = await storedBytes(`${this.path}/blocks/${key}`);
    if (bytes?.length !== length * 8 + HASH_BYTES) return undefined;
    const values = bytes.subarray(0, length * 8);
    const expected = hashBytes(values);
    const kept = bytes.subarray(length * 8);
    if (kept.some((byte, at) => byte !== expected[at])) return undefined;
    return new Float64Array(bytes.buffer as ArrayBuffer, 0, length);
  }

  async removeBlock(key: string): Promise<void> {
    await removeFile(`${this.path}/blocks/${key}`);
  }

  /** Remove what writers that were killed left of these blocks; other work in the folder may be writing its own. */
  async removeParts(keys: Iterable<string>): Promise<void> {
    const own = new Set(Array.from(keys, (key) => key.slice(0, PART_DIGITS)));
    for (const name of await namesIn(`${this.path}/blocks`)) {
      const begin = /^([0-9a-f]+)\.part-[0-9a-f]{16}$/.exec(name)?.[1] ?? "";
      if (own.has(begin)) await removeFile(`${this.path}/blocks/${name}`);
    }
  }

  async appendLine(name: string, line: unknown): Promise<void> {
    await appendLine(`${this.path}/${name}`, JSON.stringify(line));
  }

  /** Values of a file of lines; a line that was cut is left out. */
  async lines(name: string): Promise<unknown[]> {
    const bytes = await storedBytes(`${this.path}/${name}`);
    const text = new TextDecoder().decode(bytes ?? new Uint8Array(0));
    return text.split("\n").flatMap(parsedLine);
  }

  /** A file's text, undefined when there is no such file. */
  async text(name: string): Promise<string | undefined> {
    const bytes = await storedBytes(`${this.path}/${name}`);
    return bytes && new TextDecoder().decode(bytes);
  }

  async names(folder: string): Promise<string[]> {
    return namesIn(`${this.path}/${folder}`);
  }
}

/** A plan from its file. Throws `MissingFile`, `FileFormatError`. */
export async function readPlan(path: string): Promise<Plan> {
  const bytes = await storedBytes(path);
  if (bytes === undefined)
    throw new MissingFile(path, "give the plan's file, or the folder that holds plans/");
  return parsePlan(new TextDecoder().decode(bytes), path);
}

function parsedLine(line: string): unknown[] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}

function bytesOfArray(values: NumericArray): Uint8Array {
  const view = ArrayBuffer.isView(values) ? values : Float64Array.from(values);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function hashBytes(bytes: Uint8Array): Uint8Array {
  const hex = sha256Of([bytes]);
  return Uint8Array.from({ length: HASH_BYTES }, (_, at) =>
    parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
}
