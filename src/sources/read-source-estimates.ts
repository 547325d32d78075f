import type { FileInput } from "../core/byte-source.ts";
import { ItemMismatch, ShapeMismatch } from "../core/errors.ts";
import { readStc } from "../io/stc/index.ts";
import { namesOfSources, SourceEstimates } from "./source-estimates.ts";

/**
 * Read source estimates of MNE (`-lh.stc` and `-rh.stc`, `-vl.stc`): one file or pair an estimate, all of the same
 * sources and times.
 *
 * @param paths - one path a pair: that of either file, or what they share.
 * @throws ItemMismatch naming sources that only some have; ShapeMismatch for other times; FileFormatError; MissingFile.
 * @example
 * import { readSourceEstimates } from "tsrsa";
 * async function people(paths: string[]) {
 *   return (await readSourceEstimates(paths)).length;
 * }
 */
export async function readSourceEstimates(paths: readonly FileInput[]): Promise<SourceEstimates> {
  const files = [];
  for (const path of paths) files.push(await readStc(path));
  const [first] = files;
  if (first === undefined) throw new ShapeMismatch("at least one estimate", "none");
  const names = namesOfSources(first.vertices, first.kind);
  const size = first.data.data.length;
  const data = new Float32Array(files.length * size);
  files.forEach((file, at) => {
    refuseOthers(names, namesOfSources(file.vertices, file.kind));
    const same =
      file.data.shape[1] === first.data.shape[1] &&
      Math.abs(file.tminS - first.tminS) < 1e-6 &&
      Math.abs(file.tstepS - first.tstepS) < 1e-9;
    if (!same)
      throw new ShapeMismatch(
        `${first.data.shape[1]} times from ${first.tminS} s every ${first.tstepS} s`,
        `${file.data.shape[1]} from ${file.tminS} s every ${file.tstepS} s (estimate ${at + 1})`,
        "all estimates must have the same times",
      );
    data.set(file.data.data, at * size);
  });
  const { kind, vertices, tminS, tstepS } = first;
  return new SourceEstimates({
    data: { data, shape: [files.length, ...first.data.shape] },
    kind,
    vertices,
    tminS,
    tstepS,
  });
}

function refuseOthers(expected: readonly string[], found: readonly string[]): void {
  const [a, b] = [new Set(expected), new Set(found)];
  const missing = expected.filter((name) => !b.has(name));
  const extra = found.filter((name) => !a.has(name));
  if (missing.length + extra.length > 0)
    throw new ItemMismatch(missing, extra, "bring all estimates to the same sources first");
}
