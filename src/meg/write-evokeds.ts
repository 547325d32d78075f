import { checkOptions } from "../core/gate/options.ts";
import { writeFifEvokeds, type FifEvoked } from "../io/fif/index.ts";
import { type Evoked, someEvokeds } from "./evoked.ts";
import { toFifInfo } from "./fif-info.ts";
import { type WriteEpochsOptions, writeEpochsNames } from "./write-epochs.ts";

/**
 * Write average responses to one FIF file that MNE-Python reads; the name should end in `-ave.fif`. They must have the
 * same channels and sampling rate. The file gets its name when it is complete.
 *
 * @example
 * import { readEvokeds, writeEvokeds } from "tsrsa";
 * async function onlyGradiometers(from: string, to: string) {
 *   await writeEvokeds(to, (await readEvokeds(from)).map((evoked) => evoked.pick("grad")));
 * }
 */
export async function writeEvokeds(
  path: string | URL,
  evokeds: readonly Evoked[],
  options: WriteEpochsOptions = {},
): Promise<void> {
  someEvokeds(evokeds, "evokeds");
  checkOptions(options, writeEpochsNames);
  await writeFifEvokeds(path, evokeds.map(toFifEvoked), options);
}

function toFifEvoked({ info, times, data, comment, nAverages, kind }: Evoked): FifEvoked {
  const firstSample = Math.round(times[0] * info.sfreqHz);
  return {
    info: toFifInfo(info),
    comment,
    kind,
    aspectKind: kind === "standard_error" ? 101 : 100,
    nave: nAverages,
    firstSample,
    lastSample: firstSample + times.length - 1,
    times,
    baseline: undefined,
    data: data.data,
    imaginary: undefined,
    shape: [data.shape[0], data.shape[1]],
  };
}
