import type { MatValue } from "../mat/mat-value.ts";
import type { EpochedChannel } from "../epoched/epoched.ts";
import { isEmpty, type FieldReader, type Fields } from "../epoched/fields.ts";

/** Types that MNE-Python knows by these names; a channel of any other is EEG, as there. */
const knownTypes = new Set(
  "mag grad ref_meg eeg csd seeg dbs ecog eog emg ecg resp bio misc stim exci syst ias gof dipole chpi fnirs temperature gsr eyetrack".split(
    " ",
  ),
);

const nowhere = [NaN, NaN, NaN] as const;

/** The channels of a file: names, types, and positions in metres. */
export function readChanlocs(
  value: MatValue | undefined,
  nChannels: number,
  reader: FieldReader,
): EpochedChannel[] {
  const locations = reader.elements(value, "EEG.chanlocs");
  if (locations.length === 0)
    return Array.from({ length: nChannels }, (_, at) => ({
      name: `EEG ${String(at).padStart(3, "0")}`,
      type: "eeg",
      position: nowhere,
    }));
  if (locations.length !== nChannels)
    throw reader.fault("EEG.chanlocs", `${nChannels} channels`, `${locations.length}`);
  const positions = locations.map((location) => positionOf(location, reader));
  const metres = metresPerUnit(positions);
  return locations.map((location, at) => {
    const type = reader.text(location.get("type"))?.trim().toLowerCase() ?? "";
    const [x, y, z] = positions[at];
    return {
      name: reader.label(location.get("labels"), `EEG.chanlocs(${at + 1}).labels`),
      type: knownTypes.has(type) ? type : "eeg",
      position: [x * metres, y * metres, z * metres],
    };
  });
}

/** EEGLAB's x points to the nose and its y to the left ear; here x is right and y front. */
function positionOf(location: Fields, reader: FieldReader): readonly [number, number, number] {
  const [x, y, z] = ["X", "Y", "Z"].map((axis) => {
    const value = location.get(axis);
    return isEmpty(value) ? NaN : reader.number(value, `EEG.chanlocs.${axis}`);
  });
  return [-y, x, z];
}

/** The file does not say its unit: it is told by the size of the head, as MNE-Python does. */
function metresPerUnit(positions: readonly (readonly [number, number, number])[]): number {
  const radii = positions.map((place) => Math.hypot(...place)).filter((r) => !Number.isNaN(r));
  const mean = radii.reduce((sum, r) => sum + r, 0) / radii.length;
  if (mean < 0.25) return 1;
  if (mean < 2.5) return 0.1;
  return mean < 25 ? 0.01 : 0.001;
}
