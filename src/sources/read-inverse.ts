import type { FileInput } from "../core/byte-source.ts";
import { readFifInverse, type FifInverse } from "../io/fif/index.ts";

/** What maps sensors to sources: see {@link readInverse}. */
export type InverseOperator = FifInverse;

/**
 * Read an inverse operator that MNE wrote (`-inv.fif`, also packed). Agrees with
 * `mne.minimum_norm.read_inverse_operator`.
 *
 * @throws FileFormatError when it is damaged or its parts do not fit each other; MissingFile.
 * @example
 * import { applyInverse, readEpochs, readInverse } from "tsrsa";
 * async function estimate(epochsPath: string, inversePath: string) {
 *   const epochs = await readEpochs(epochsPath);
 *   return applyInverse(epochs, await readInverse(inversePath), { lambda2: 1 / 9 });
 * }
 */
export async function readInverse(input: FileInput): Promise<InverseOperator> {
  return readFifInverse(input);
}
