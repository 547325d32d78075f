import { Decoder } from "./decode.ts";
import type { Restore } from "./decode.ts";
import { Encoder } from "./encode.ts";
import { readCheckpoint, writeCheckpoint } from "./file.ts";
import { CheckpointError } from "./nodes.ts";
import { Unkept } from "./unkept.ts";

/** What became of the names of a notebook. */
export interface Kept {
  readonly names: readonly string[];
  /** Names that could not be kept or brought back, each with the reason. */
  readonly left: readonly (readonly [name: string, reason: string])[];
}

/** Writes what the names of a notebook hold to a file, as far as it is data. */
export function save(
  path: string,
  values: Iterable<readonly [string, unknown]>,
): Kept & { readonly bytes: number } {
  const encoder = new Encoder();
  const names: string[] = [];
  const left: [string, string][] = [];
  for (const [name, value] of values)
    try {
      encoder.add(name, value);
      names.push(name);
    } catch (error) {
      left.push([name, reasonOf(error, name)]);
    }
  const { contents, blobs } = encoder.finish();
  return { names, left, bytes: writeCheckpoint(path, contents, blobs) };
}

/** Reads the values of a checkpoint and hands each to `set`. Throws `CheckpointError`, and what reading throws. */
export async function restore(
  path: string,
  make: Restore,
  set: (name: string, value: unknown) => void,
): Promise<Kept> {
  const { names: refs, nodes, blobs } = readCheckpoint(path);
  const decoder = new Decoder(nodes, blobs, make);
  const names: string[] = [];
  const left: [string, string][] = [];
  const wrong = Object.keys(refs).find((name) => !isName(name));
  if (wrong !== undefined) throw new CheckpointError(`${JSON.stringify(wrong)} is no name`);
  for (const [name, ref] of Object.entries(refs))
    try {
      set(name, await decoder.value(ref));
      names.push(name);
    } catch (error) {
      left.push([name, error instanceof Error ? error.message : String(error)]);
    }
  return { names, left };
}

/** A name that code may declare: what a file says is run as part of a declaration. */
function isName(name: string): boolean {
  return (
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !/^(?:__k|babelHelpers$)/.test(name)
  );
}

function reasonOf(error: unknown, name: string): string {
  if (error instanceof Unkept)
    return error.path === "" ? error.what : `${name}${error.path} is ${error.what}`;
  return error instanceof Error ? error.message : String(error);
}
