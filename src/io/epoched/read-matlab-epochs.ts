import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { isEeglab, readEeglab } from "../eeglab/index.ts";
import { isFieldTrip, readFieldTrip } from "../fieldtrip/index.ts";
import { readMat } from "../mat/read-mat.ts";
import type { EpochedArrays } from "./epoched.ts";

/** Epochs of EEGLAB or FieldTrip, whichever the variables of a MATLAB file are. Throws `FileFormatError` for others. */
export async function readMatlabEpochs(input: FileInput): Promise<EpochedArrays> {
  const values = await readMat(input);
  if (isEeglab(values) || values.has("ALLEEG")) return readEeglab(input);
  if ([...values.values()].some(isFieldTrip)) return readFieldTrip(input);
  const name = typeof input === "string" ? input : "(MATLAB file)";
  throw new FileFormatError(
    name,
    "variables",
    "those of EEGLAB (EEG) or a struct of FieldTrip (label, time, trial)",
    [...values.keys()].slice(0, 5).join(", ") || "none",
    { advice: "this MATLAB file holds no epochs; read it with readMat" },
  );
}
