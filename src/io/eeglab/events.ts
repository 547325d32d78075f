import type { Cell } from "../csv/cells.ts";
import type { EpochedArrays } from "../epoched/epoched.ts";
import { isEmpty, type FieldReader, type Fields } from "../epoched/fields.ts";
import type { MatValue } from "../mat/mat-value.ts";

type Events = Pick<EpochedArrays, "events" | "metadata">;

/**
 * The event of each epoch. An epoch with several is called by all their names, `a/b`, and has the sample of the first,
 * as in MNE-Python; its metadata are those of the event at time 0.
 */
export function readEvents(eeg: Fields, nEpochs: number, reader: FieldReader): Events {
  const epochs = reader.elements(eeg.get("epoch"), "EEG.epoch");
  const all = reader.elements(eeg.get("event"), "EEG.event");
  if (epochs.length === 0 || all.length === 0) return unknownEvents(nEpochs);
  if (epochs.length !== nEpochs)
    throw reader.fault("EEG.epoch", `${nEpochs} epochs`, `${epochs.length}`);
  const names: string[] = [];
  const samples: number[] = [];
  const locked: Fields[] = [];
  let at = 0;
  epochs.forEach((epoch, i) => {
    const types = listOf(epoch.get("eventtype")).map((type) =>
      reader.label(type, `EEG.epoch(${i + 1}).eventtype`),
    );
    if (types.length === 0 || at + types.length > all.length)
      throw reader.fault(`EEG.epoch(${i + 1})`, "events that are in EEG.event", "others");
    names.push(types.join("/"));
    samples.push(Math.trunc(reader.number(all[at].get("latency"), "EEG.event.latency") - 1));
    locked.push(all[at + atZero(epoch, types.length, reader)]);
    at += types.length;
  });
  const codes = new Map([...new Set(names)].map((name, i) => [name, i + 1]));
  return {
    events: {
      codes: Int32Array.from(names, (name) => codes.get(name) ?? 0),
      samples: Int32Array.from(samples),
      names: new Map([...codes].map(([name, code]) => [code, name])),
    },
    metadata: columnsOf(locked, reader),
  };
}

function unknownEvents(nEpochs: number): Events {
  return {
    events: {
      codes: new Int32Array(nEpochs).fill(1),
      samples: Int32Array.from({ length: nEpochs }, (_, at) => at),
      names: new Map([[1, "unknown"]]),
    },
    metadata: new Map(),
  };
}

/** A value alone, or a cell of several. */
function listOf(value: MatValue | undefined): readonly MatValue[] {
  if (value?.kind === "cell") return value.data;
  return value === undefined ? [] : [value];
}

/** Which event of an epoch is nearest to time 0. */
function atZero(epoch: Fields, count: number, reader: FieldReader): number {
  const value = epoch.get("eventlatency");
  if (count === 1 || isEmpty(value)) return 0;
  const latencies =
    value?.kind === "cell"
      ? value.data.map((one) => reader.number(one, "EEG.epoch.eventlatency"))
      : Array.from(reader.numbers(value, "EEG.epoch.eventlatency").data);
  if (latencies.length !== count)
    throw reader.fault("EEG.epoch.eventlatency", `${count} numbers`, `${latencies.length}`);
  const distances = latencies.map(Math.abs);
  return distances.indexOf(Math.min(...distances));
}

/** Fields that are a text or a number in every event, as columns; a field left empty is a missing value. */
function columnsOf(events: readonly Fields[], reader: FieldReader): Map<string, Cell[]> {
  const columns = new Map<string, Cell[]>();
  const fields = [...new Set(events.flatMap((event) => [...event.keys()]))];
  for (const field of fields) {
    const cells = events.map((event) => cellOf(event.get(field), reader));
    const found = cells.filter((cell) => cell !== null);
    if (cells.includes(undefined) || found.length === 0) continue;
    // A column of text and numbers is text.
    const mixed = found.some((cell) => typeof cell !== typeof found[0]);
    columns.set(
      field,
      cells.map((cell) => (mixed && cell !== null ? String(cell) : cell) as Cell),
    );
  }
  return columns;
}

function cellOf(value: MatValue | undefined, reader: FieldReader): Cell | undefined {
  if (isEmpty(value)) return null;
  const text = reader.text(value);
  if (text !== undefined) return text;
  const isNumber = value?.kind === "number" || value?.kind === "bool";
  return isNumber && value.data.length === 1 ? value.data[0] : undefined;
}
