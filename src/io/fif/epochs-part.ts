import { FileFormatError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { optional, readInfo } from "./info.ts";
import { readMetadata } from "./metadata.ts";
import { findBlocks, findTag, needBlock, needTag } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import {
  fault,
  matrixShape,
  readInt,
  readInts,
  readJson,
  readNumber,
  readString,
} from "./values.ts";
import type { FifTag } from "./tags.ts";
import type { FifEpochsHeader } from "./types.ts";

/** One file of epochs (a recording may be split over several): its header and where its data lie. */
export interface EpochsPart {
  readonly file: FifFile;
  readonly header: FifEpochsHeader;
  readonly data: FifTag;
  readonly nEpochs: number;
}

/** Read everything of an epochs file but the data. */
export function readEpochsPart(file: FifFile): EpochsPart {
  const block = epochsBlock(file);
  const info = readInfo(file);
  const data = needTag(file, block, tagKind.epoch);
  const shape = matrixShape(file, data);
  const [nEpochs, nChannels, nTimes] = shape;
  if (shape.length !== 3 || nChannels !== info.channels.length || nTimes < 1)
    throw fault(
      file,
      data,
      `epochs × ${info.channels.length} channels × samples`,
      `(${shape.join(", ")})`,
    );
  const firstSample = readInt(file, needTag(file, block, tagKind.firstSample));
  const lastSample = readInt(file, needTag(file, block, tagKind.lastSample));
  if (lastSample - firstSample + 1 !== nTimes)
    throw fault(
      file,
      data,
      `${lastSample - firstSample + 1} samples, from ${firstSample} to ${lastSample}`,
      `${nTimes}`,
    );
  const { events, eventId } = readEvents(file, nEpochs);
  const metadata = readMetadata(file, file.root);
  checkRows(file, "metadata", metadata?.nRows ?? nEpochs, nEpochs);
  const header = {
    info,
    firstSample,
    lastSample,
    times: timesOf(firstSample, lastSample, info.sfreq),
    events,
    eventId,
    selection: readSelection(file, block, nEpochs),
    dropLog: readDropLog(file, block, nEpochs),
    metadata,
    baseline: readBaseline(file, block),
    rawSfreq: optional(findTag(block, tagKind.epochsRawSamplingRate), (tag) =>
      readNumber(file, tag),
    ),
  };
  return { file, header, data, nEpochs };
}

/** Times of samples, in seconds. */
export function timesOf(first: number, last: number, sfreq: number): Float64Array {
  const times = new Float64Array(last - first + 1);
  for (let i = 0; i < times.length; i++) times[i] = (first + i) / sfreq;
  return times;
}

/** Start and end of the baseline in seconds, if there was one. */
export function readBaseline(
  file: FifFile,
  block: FifBlock,
): readonly [number, number] | undefined {
  const find = (kind: number, old: number) =>
    optional(findTag(block, kind) ?? findTag(block, old), (tag) => readNumber(file, tag));
  const from = find(tagKind.baselineMin, tagKind.oldBaselineMin);
  const to = find(tagKind.baselineMax, tagKind.oldBaselineMax);
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined) return [from, to];
  throw new FileFormatError(file.name, "baseline", "its start and end", "only one of them");
}

function epochsBlock(file: FifFile): FifBlock {
  const measurement = needBlock(file, file.root, blockKind.measurement);
  // MNE-Python before 0.11 used another block id.
  const old = findBlocks(measurement, blockKind.oldEpochs).at(0);
  return (
    findBlocks(measurement, blockKind.epochs).at(0) ??
    old ??
    needBlock(file, measurement, blockKind.epochs)
  );
}

function readEvents(file: FifFile, nEpochs: number) {
  const block = needBlock(file, file.root, blockKind.events);
  const list = findTag(block, tagKind.eventList);
  const events = list === undefined ? new Int32Array(0) : readInts(file, list);
  if (events.length !== 3 * nEpochs)
    throw new FileFormatError(
      file.name,
      "events",
      `3 numbers for each of ${nEpochs} epochs`,
      `${events.length}`,
    );
  const text = findTag(block, tagKind.description);
  return { events, eventId: text === undefined ? idsOf(events) : readEventId(file, text) };
}

function idsOf(events: Int32Array): Map<string, number> {
  const ids = new Set(events.filter((_, i) => i % 3 === 2));
  return new Map([...ids].sort((a, b) => a - b).map((id) => [String(id), id]));
}

// `name:id;name:id`, where a name may hold colons.
function readEventId(file: FifFile, tag: FifTag): Map<string, number> {
  const text = readString(file, tag);
  const ids = new Map<string, number>();
  for (const part of text === "" ? [] : text.split(";")) {
    const colon = part.lastIndexOf(":");
    const digits = part.slice(colon + 1);
    if (colon < 0 || !/^\s*[+-]?\d+\s*$/.test(digits))
      throw fault(file, tag, "name:id pairs joined by semicolons", JSON.stringify(part));
    ids.set(part.slice(0, colon), Number(digits));
  }
  return ids;
}

function readSelection(file: FifFile, block: FifBlock, nEpochs: number): Int32Array {
  const tag = findTag(block, tagKind.epochsSelection);
  if (tag === undefined) return Int32Array.from({ length: nEpochs }, (_, i) => i);
  const selection = readInts(file, tag);
  checkRows(file, "selection", selection.length, nEpochs);
  return selection;
}

function readDropLog(file: FifFile, block: FifBlock, nEpochs: number): string[][] {
  const tag = findTag(block, tagKind.epochsDropLog);
  if (tag === undefined) return Array.from({ length: nEpochs }, () => []);
  const log = readJson(file, tag);
  if (Array.isArray(log) && log.every(isTexts)) return log;
  throw fault(file, tag, "a JSON list of lists of reasons", "something else");
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((reason) => typeof reason === "string");
}

function checkRows(file: FifFile, field: string, found: number, nEpochs: number): void {
  if (found === nEpochs) return;
  throw new FileFormatError(
    file.name,
    field,
    `one row for each of ${nEpochs} epochs`,
    `${found} rows`,
  );
}
