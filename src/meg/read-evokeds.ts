import { checkOptions } from "../core/gate/options.ts";
import type { FileInput } from "../core/byte-source.ts";
import { readFifEvokeds } from "../io/fif/index.ts";
import { Evoked } from "./evoked.ts";
import { toRecordingInfo } from "./fif-info.ts";
import { type ReadEpochsOptions, readEpochsNames } from "./read-epochs.ts";

/**
 * All averages (and standard errors) in an `-ave.fif` file. Agrees with `mne.read_evokeds`.
 * Throws `MissingFile`, `FileFormatError`.
 *
 * @example
 * import { readEvokeds } from "tsrsa";
 * async function conditions(path: string) {
 *   return (await readEvokeds(path)).map(({ comment }) => comment);
 * }
 */
export async function readEvokeds(
  input: FileInput,
  options: ReadEpochsOptions = {},
): Promise<Evoked[]> {
  checkOptions(options, readEpochsNames);
  const evokeds = await readFifEvokeds(input, options);
  return evokeds.map(
    ({ info, times, data, shape, comment, nave, kind }) =>
      new Evoked({
        info: toRecordingInfo(info),
        times,
        data: { data, shape },
        comment,
        nAverages: nave,
        kind,
      }),
  );
}
