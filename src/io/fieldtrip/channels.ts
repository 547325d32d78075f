import { Unsupported } from "../../core/errors.ts";
import type { EpochedChannel } from "../epoched/epoched.ts";
import { isEmpty, type FieldReader, type Fields } from "../epoched/fields.ts";

/** What FieldTrip calls the unit of positions. */
const metres: Readonly<Record<string, number>> = { m: 1, dm: 0.1, cm: 0.01, mm: 0.001 };

/** Types by MNE's names; an axial gradiometer measures T, which is what `mag` says. */
const coilTypes: Readonly<Record<string, string>> = {
  megmag: "mag",
  megplanar: "grad",
  meggrad: "mag",
  refmag: "ref_meg",
  refgrad: "ref_meg",
};

/** Distance from the coils of a Neuromag sensor to its middle. */
const coilHeightM = 0.0003;

type Position = readonly [number, number, number];
type Place = Pick<EpochedChannel, "type" | "position">;

/** Types and positions of channels: of electrodes and coils as the file describes them, of others by their names. */
export function readChannels(
  labels: readonly string[],
  fields: Fields,
  reader: FieldReader,
): EpochedChannel[] {
  const electrodes = readElectrodes(fields, reader);
  const coils = readCoils(fields, reader);
  return labels.map((name) => {
    const place = electrodes.get(name) ?? coils.get(name);
    return { name, ...(place ?? { type: typeOfName(name), position: [NaN, NaN, NaN] }) };
  });
}

function typeOfName(name: string): string {
  const known = ["EOG", "ECG"].find((start) => name.startsWith(start));
  return known?.toLowerCase() ?? (name.startsWith("STI") ? "stim" : "misc");
}

function readElectrodes(fields: Fields, reader: FieldReader): Map<string, Place> {
  if (isEmpty(fields.get("elec"))) return new Map();
  const elec = reader.fields(fields.get("elec"), "elec");
  const labels = reader.texts(elec.get("label"), "elec.label");
  const rows = rowsOf(elec, "chanpos", labels.length, "elec", reader);
  const unit = unitOf(elec, "elec", reader);
  return new Map(
    labels.map((label, at) => [label, { type: "eeg", position: scaled(rows[at], unit) }]),
  );
}

function readCoils(fields: Fields, reader: FieldReader): Map<string, Place> {
  if (isEmpty(fields.get("grad"))) return new Map();
  const grad = reader.fields(fields.get("grad"), "grad");
  const labels = reader.texts(grad.get("label"), "grad.label");
  const types = reader.texts(grad.get("chantype"), "grad.chantype");
  const rows = rowsOf(grad, "chanpos", labels.length, "grad", reader);
  const unit = unitOf(grad, "grad", reader);
  const middle = middlesOf(grad, labels.length, unit, reader);
  return new Map(
    labels.map((label, at) => {
      const type = coilTypes[types[at]];
      if (type === undefined)
        throw reader.fault(`grad.chantype{${at + 1}}`, "a type of MEG sensor", String(types[at]));
      return [label, { type, position: middle?.(at, types[at]) ?? scaled(rows[at], unit) }];
    }),
  );
}

/** FieldTrip moves the positions of Neuromag's sensors; their coils say where they were. */
function middlesOf(grad: Fields, nChannels: number, unit: number, reader: FieldReader) {
  const [tra, coilpos, coilori] = ["tra", "coilpos", "coilori"].map((name) => grad.get(name));
  if (reader.text(grad.get("type")) !== "neuromag306" || isEmpty(tra) || isEmpty(coilpos))
    return undefined;
  const weights = reader.numbers(tra, "grad.tra");
  const nCoils = weights.shape[1];
  if (weights.shape[0] !== nChannels)
    throw reader.fault("grad.tra", `${nChannels} rows`, `${weights.shape[0]}`);
  const positions = rowsOf(grad, "coilpos", nCoils, "grad", reader);
  const directions = isEmpty(coilori) ? [] : rowsOf(grad, "coilori", nCoils, "grad", reader);
  return (channel: number, type: string): Position | undefined => {
    const coils = Array.from({ length: nCoils }, (_, coil) => coil).filter(
      (coil) => weights.data[channel * nCoils + coil] !== 0,
    );
    if (coils.length === 0 || (type !== "megmag" && type !== "megplanar")) return undefined;
    const places = coils.map((coil) => {
      const direction = directions.at(coil) ?? [0, 0, 0];
      return positions[coil].map((x, axis) => x * unit - coilHeightM * direction[axis]);
    });
    const used = type === "megmag" ? places.slice(0, 1) : places;
    const mean = (axis: number) => used.reduce((sum, place) => sum + place[axis], 0) / used.length;
    return [mean(0), mean(1), mean(2)];
  };
}

function rowsOf(
  fields: Fields,
  field: string,
  count: number,
  of: string,
  reader: FieldReader,
): number[][] {
  if (isEmpty(fields.get(field)))
    throw new Unsupported(
      `${reader.file} was saved by an old version of FieldTrip: ${of} has no ${field}`,
      "load it there, run ft_selectdata([], data), and save it again",
    );
  const { data, shape } = reader.numbers(fields.get(field), `${of}.${field}`);
  if (shape[0] !== count || shape[1] !== 3)
    throw reader.fault(`${of}.${field}`, `${count} × 3 numbers`, `(${shape.join(", ")})`);
  return Array.from({ length: count }, (_, row) => [0, 1, 2].map((axis) => data[3 * row + axis]));
}

function unitOf(fields: Fields, of: string, reader: FieldReader): number {
  const name = reader.text(fields.get("unit")) ?? "";
  if (Object.hasOwn(metres, name)) return metres[name];
  throw reader.fault(`${of}.unit`, "m, dm, cm or mm", JSON.stringify(name));
}

function scaled([x, y, z]: readonly number[], unit: number): Position {
  return [x * unit, y * unit, z * unit];
}
