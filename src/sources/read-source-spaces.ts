import type { FileInput } from "../core/byte-source.ts";
import { readFifSourceSpaces } from "../io/fif/index.ts";
import type { SourceSpaces } from "./source-patches.ts";

/**
 * Read the source spaces of a `-src.fif`, `-fwd.fif` or `-inv.fif` file: the left hemisphere and the right, or a
 * volume. Agrees with `mne.read_source_spaces`.
 *
 * @throws FileFormatError when it is damaged or holds none; MissingFile.
 * @example
 * import { readSourceSpaces } from "tsrsa";
 * async function nSources(path: string) {
 *   return (await readSourceSpaces(path)).map(({ vertices }) => vertices.length);
 * }
 */
export async function readSourceSpaces(input: FileInput): Promise<SourceSpaces> {
  return readFifSourceSpaces(input);
}
