import { InvalidArgument } from "../core/errors.ts";

/**
 * A job as plain data: independent blocks, numbered from 0, of one named task. It can be written to a file, run in
 * part here and in part elsewhere, and run again where blocks are missing.
 */
export interface BlockPlan<P> {
  readonly task: string;
  readonly params: P;
  readonly nBlocks: number;
}

/**
 * What a block does: a pure function of the plan's parameters and the block's number. Equal arguments give equal
 * results wherever and whenever it runs, so a random number may depend on a seed and the block, never on a stream.
 */
export interface BlockTask<P, R> {
  readonly name: string;
  readonly runBlock: (params: P, block: number) => R | Promise<R>;
}

/**
 * A plan of `nBlocks` blocks of a task. The number of blocks must follow from the parameters alone, not from the
 * number of threads or machines.
 *
 * @throws InvalidArgument when `nBlocks` is not a count or the parameters are not plain data.
 */
export function planBlocks<P, R>(task: BlockTask<P, R>, params: P, nBlocks: number): BlockPlan<P> {
  if (!Number.isSafeInteger(nBlocks) || nBlocks < 0)
    throw new InvalidArgument("nBlocks", nBlocks, "give a whole number from 0");
  checkPlain(params, "params");
  return { task: task.name, params, nBlocks };
}

/** Throws `InvalidArgument` for what JSON would change or drop. */
function checkPlain(value: unknown, path: string): void {
  if (value === null || ["string", "boolean"].includes(typeof value)) return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    value.forEach((entry, i) => checkPlain(entry, `${path}[${i}]`));
  } else if (isPlainObject(value)) {
    for (const [key, entry] of Object.entries(value)) checkPlain(entry, `${path}.${key}`);
  } else {
    throw new InvalidArgument(
      path,
      value,
      "a plan is plain data: finite numbers, strings, booleans, null, lists and objects of them; name files by path",
    );
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
