import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { describeBlock, describeTag, tagKind } from "./constants.ts";
import { Budget } from "../budget/budget.ts";
import { openFifSource } from "./source.ts";
import type { FifSource } from "./source.ts";
import { scanTags } from "./tags.ts";
import type { FifTag } from "./tags.ts";

/** A block of a FIF file: the tags directly in it and the blocks within it, each in the file's order. */
export interface FifBlock {
  readonly id: number;
  readonly tags: readonly FifTag[];
  readonly blocks: readonly FifBlock[];
}

/** An open FIF file whose tags are known. */
export interface FifFile {
  readonly name: string;
  readonly source: FifSource;
  readonly root: FifBlock;
  /** What may still be made of it. */
  readonly budget: Budget;
}

const mostDepth = 100;
/** Memory for each byte of a file, which may be packed. */
const bytesPerByte = 200;

/** Open a FIF file and find its tags; a signal ends what is fetched for it. The caller closes `source`. */
export async function openFif(input: FileInput, signal?: AbortSignal): Promise<FifFile> {
  const source = await openFifSource(input, signal);
  try {
    const { name, storedBytes } = source;
    const budget = new Budget(name, storedBytes, { ratio: bytesPerByte });
    const root = buildTree(name, await scanTags(source, budget));
    return { name, source, root, budget };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Open a file, do something with it, and close it whatever happens. */
export async function withFif<T>(
  input: FileInput,
  work: (file: FifFile) => Promise<T> | T,
): Promise<T> {
  const file = await openFif(input);
  try {
    return await work(file);
  } finally {
    await file.source.close();
  }
}

/** All blocks of this id in `block`, itself included, outermost first. */
export function findBlocks(block: FifBlock, id: number): FifBlock[] {
  const within = block.blocks.flatMap((inner) => findBlocks(inner, id));
  return block.id === id ? [block, ...within] : within;
}

/** The first block of this id. Throws `FileFormatError` when there is none. */
export function needBlock(file: FifFile, block: FifBlock, id: number): FifBlock {
  const found = findBlocks(block, id).at(0);
  if (found !== undefined) return found;
  throw new FileFormatError(file.name, "blocks", describeBlock(id), "none", {
    advice: "the file holds something else; choose the reader for its kind, or check the file",
  });
}

/** The first tag of this kind directly in `block`. */
export function findTag(block: FifBlock, kind: number): FifTag | undefined {
  return block.tags.find((tag) => tag.kind === kind);
}

/** The first tag of this kind directly in `block`. Throws `FileFormatError` when there is none. */
export function needTag(file: FifFile, block: FifBlock, kind: number): FifTag {
  const tag = findTag(block, kind);
  if (tag !== undefined) return tag;
  throw new FileFormatError(file.name, describeBlock(block.id), describeTag(kind), "none");
}

interface OpenBlock {
  readonly id: number;
  readonly tags: FifTag[];
  readonly blocks: FifBlock[];
}

function buildTree(name: string, tags: readonly FifTag[]): FifBlock {
  const stack: OpenBlock[] = [{ id: 0, tags: [], blocks: [] }];
  for (const tag of tags) {
    const block = stack[stack.length - 1];
    if (tag.kind === tagKind.blockStart) {
      const inner = { id: blockId(name, tag), tags: [], blocks: [] };
      block.blocks.push(inner);
      stack.push(inner);
      if (stack.length > mostDepth)
        throw fault(name, tag, `at most ${mostDepth} blocks in one another`, "more");
    } else if (tag.kind === tagKind.blockEnd) {
      const id = blockId(name, tag);
      if (stack.length === 1 || id !== block.id)
        throw fault(name, tag, `the end of ${describeBlock(block.id)}`, `the end of ${id}`);
      stack.pop();
    } else block.tags.push(tag);
  }
  if (stack.length === 1) return stack[0];
  const open = stack[stack.length - 1].id;
  throw new FileFormatError(name, "blocks", `an end of ${describeBlock(open)}`, "none");
}

function blockId(name: string, tag: FifTag): number {
  if (tag.bytes?.length !== 4) throw fault(name, tag, "a block id of 4 bytes", `${tag.size}`);
  return new DataView(tag.bytes.buffer, tag.bytes.byteOffset).getInt32(0);
}

function fault(name: string, tag: FifTag, expected: string, found: string): FileFormatError {
  return new FileFormatError(name, `tag at byte ${tag.position - 16}`, expected, found);
}
