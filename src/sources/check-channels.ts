import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import type { RecordingInfo } from "../meg/channel.ts";
import type { InverseOperator } from "./read-inverse.ts";

/** A projection of this kind is the average reference of the EEG. */
const averageReference = 10;

/**
 * Throws `ItemMismatch` for channels of the operator that the data lack, `InvalidArgument` for EEG without the average
 * reference that the model supposes.
 */
export function checkChannels(info: RecordingInfo, operator: InverseOperator): void {
  const typeOf = new Map(info.channels.map(({ name, type }) => [name, type]));
  const missing = operator.channels.filter((name) => !typeOf.has(name));
  if (missing.length > 0)
    throw new ItemMismatch(
      missing,
      [],
      "the inverse operator needs all its channels; make it anew for the channels that the data have",
    );
  if (operator.channels.some((name) => typeOf.get(name) === "eeg")) checkReference(info);
}

function checkReference({ fif }: RecordingInfo): void {
  if ((fif?.customReference ?? 0) !== 0)
    throw new InvalidArgument(
      "reference",
      "an EEG reference of one's own",
      "an inverse operator supposes the average reference as a projection; in MNE: set_eeg_reference(projection=True)",
    );
  const projections = fif?.projections ?? [];
  if (!projections.some(({ kind }) => kind === averageReference))
    throw new InvalidArgument(
      "reference",
      "EEG without the projection of the average reference",
      "add it before, in MNE: set_eeg_reference(projection=True)",
    );
}
