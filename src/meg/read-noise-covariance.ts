import type { FileInput } from "../core/byte-source.ts";
import { readFifCovariance } from "../io/fif/index.ts";
import type { NoiseCovariance } from "./noise-covariance.ts";

/**
 * The noise covariance in a `-cov.fif` file. Agrees with `mne.read_cov`. Throws `MissingFile`, `FileFormatError`.
 *
 * @example
 * import { rdmEpochs, readEpochs, readNoiseCovariance } from "tsrsa";
 * async function whitened(epochs: string, covariance: string) {
 *   const noiseCovariance = await readNoiseCovariance(covariance);
 *   return rdmEpochs(await readEpochs(epochs), { noiseCovariance });
 * }
 */
export async function readNoiseCovariance(input: FileInput): Promise<NoiseCovariance> {
  const { names, data } = await readFifCovariance(input);
  return { channels: names, matrix: data };
}
