import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import { readCsvColumns } from "../../io/csv/index.ts";
import { matTexts, readMat, type MatStruct, type MatValue } from "../../io/mat/index.ts";
import { SensorNeighbours } from "./neighbours.ts";

/**
 * Neighbours of sensors from a table: FieldTrip's `neighbours` in a `.mat` file (also those that MNE-Python ships), or
 * a CSV with two columns, a sensor and one beside it in each row; several beside it may be parted by `;`. A pair counts
 * both ways. Sensors are joined with data by name.
 *
 * @throws `FileFormatError`, `MissingFile`.
 *
 * @example
 * import { readNeighbours } from "tsrsa";
 * const csv = new TextEncoder().encode("sensor_1,sensor_2\nFz,Cz\nCz,Pz;C3\n");
 * (await readNeighbours(csv)).of("Cz"); // [ "Fz", "Pz", "C3" ]
 */
export async function readNeighbours(input: FileInput): Promise<SensorNeighbours> {
  const source = await openSource(input);
  const name = source.name;
  const start = source.size >= 128 ? await source.read(0, 128) : new Uint8Array(0);
  await source.close();
  const isMat = /^MATLAB/.test(String.fromCharCode(...start)) || start[0] === 0x89;
  const lists = isMat ? await fieldTripLists(input, name) : await csvLists(input, name);
  const names = [...new Set(lists.flatMap(([sensor, beside]) => [sensor, ...beside]))];
  const at = new Map(names.map((sensor, place) => [sensor, place]));
  const pairs = new Map<string, [number, number]>();
  for (const [sensor, beside] of lists) {
    for (const other of beside) {
      const [a, b] = [at.get(sensor) ?? 0, at.get(other) ?? 0];
      if (a !== b)
        pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
    }
  }
  const sorted = [...pairs.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  return new SensorNeighbours({ names, pairs: sorted, words: `table ${name}` });
}

type NeighbourList = readonly [sensor: string, beside: readonly string[]];

async function fieldTripLists(input: FileInput, name: string): Promise<NeighbourList[]> {
  const values = await readMat(input);
  const found = values.get("neighbours") ?? [...values.values()].find(isNeighbours);
  if (found === undefined || !isNeighbours(found))
    throw new FileFormatError(
      name,
      "neighbours",
      "a struct array with the fields label and neighblabel, as FieldTrip's",
      `variables ${[...values.keys()].join(", ") || "none"}`,
    );
  return found.data.map((element) => [textOf(element, "label")[0], textOf(element, "neighblabel")]);
}

function isNeighbours(value: MatValue): value is MatStruct {
  return (
    value.kind === "struct" &&
    value.fields.includes("label") &&
    value.fields.includes("neighblabel")
  );
}

/** The text of a field; a sensor without neighbours has an empty one, of any kind. */
function textOf(element: ReadonlyMap<string, MatValue>, field: string): string[] {
  const value = element.get(field);
  if (value === undefined || (value.kind !== "string" && value.kind !== "cell")) return [];
  return matTexts(value).filter((text) => text !== "");
}

async function csvLists(input: FileInput, name: string): Promise<NeighbourList[]> {
  const { names, columns } = await readCsvColumns(input, { missing: [""] });
  if (names.length !== 2)
    throw new FileFormatError(
      name,
      "columns",
      "two: a sensor, and one beside it (or several, parted by ;)",
      `${names.length} (${names.join(", ")})`,
    );
  const [sensors, beside] = names.map((column) => columns.get(column) ?? []);
  return sensors.map((sensor, row) => {
    if (sensor === null)
      throw new FileFormatError(name, `line ${row + 2}`, "the name of a sensor", "nothing");
    const others = beside[row];
    const parts = others === null ? [] : String(others).split(";");
    return [String(sensor), parts.map((part) => part.trim()).filter((part) => part !== "")];
  });
}
