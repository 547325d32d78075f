import { oneOf } from "../core/gate/kinds.ts";
import { vectorviewSensors } from "./vectorview-sensors.ts";

/** A group of sensors of the Neuromag Vectorview helmet. */
export type VectorviewRegion = keyof typeof vectorviewSensors;

/**
 * Names of the sensors over one region of the 306-channel Neuromag Vectorview helmet, sorted: magnetometers and
 * gradiometers together. Agrees with `mne.read_vectorview_selection`, with the names written as `spelling` says.
 *
 * @param region - for example `Left-occipital` (24 gradiometers, 12 magnetometers).
 * @param spelling - `MEG1641` (default; as in newer files) or `MEG 1641`.
 * @throws UnknownOption for a region that does not exist.
 *
 * @example
 * import { vectorviewSelection } from "tsrsa";
 * vectorviewSelection("Left-occipital").length; // 36
 */
export function vectorviewSelection(
  region: VectorviewRegion,
  spelling: "MEG1641" | "MEG 1641" = "MEG1641",
): string[] {
  oneOf(["MEG1641", "MEG 1641"])(spelling, "spelling");
  oneOf(Object.keys(vectorviewSensors))(region, "region");
  const sensors = vectorviewSensors[region];
  const prefix = spelling === "MEG1641" ? "MEG" : "MEG ";
  return sensors.split(" ").map((sensor) => prefix + sensor);
}
