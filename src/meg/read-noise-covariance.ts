import type { FileInput } from "../core/byte-source.ts";
import { readFifCovariance } from "../io/fif/index.ts";
import type { NoiseCovariance } from "./noise-covariance.ts";

/** The noise covariance in a `-cov.fif` file. Agrees with `mne.read_cov`. Throws `MissingFile`, `FileFormatError`. */
export async function readNoiseCovariance(input: FileInput): Promise<NoiseCovariance> {
  const { names, data } = await readFifCovariance(input);
  return { channels: names, matrix: data };
}
