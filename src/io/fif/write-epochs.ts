import { joinBytes } from "../../core/bytes.ts";
import { kind, oneOf, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { fileNameOf, writePath } from "#platform/files";
import { gzipChunks } from "#platform/zlib";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { bytesPerNumber, encodeEpoch, matrixType } from "./encode-data.ts";
import type { FifEpochValues, FifWriteOptions } from "./encode-data.ts";
import { asciiJson, toRecordsJson } from "./metadata.ts";
import { matrixTrailer, tagHeader, TagWriter } from "./tag-writer.ts";
import { writeFileEnd, writeFileStart, writeId, writeInfo } from "./write-info.ts";
import type { FifEpochs, FifEpochsHeader } from "./types.ts";

const mostBytes = 2 ** 31 - 1;

const writeFifEpochsNames: OptionNames<FifWriteOptions> = { format: oneOf(["single", "double"]) };

/**
 * Write epochs to a file that MNE-Python reads (`-epo.fif`; packed when the name ends in `.gz`). It gets its name when
 * it is complete. Reading it back gives the same numbers: with "double" always, with "single" when they came from
 * float32. Sampling rate, filters, positions and calibrations are float32 in the format.
 * Throws `InvalidArgument` for what the format cannot hold, `ShapeMismatch`.
 *
 * @example
 * ```ts
 * import { readFifEpochs, writeFifEpochs } from "tsrsa/io";
 * const copy = async (from: string, to: string) => writeFifEpochs(to, await readFifEpochs(from));
 * ```
 */
export async function writeFifEpochs(
  path: string | URL,
  epochs: FifEpochs,
  options: FifWriteOptions = {},
): Promise<void> {
  checkOptions(options, writeFifEpochsNames);
  await writeFifEpochStream(path, epochs, eachEpoch(epochs), options);
}

/**
 * As {@link writeFifEpochs}, with epochs that come one by one: only one is in memory at a time.
 *
 * @example
 * ```ts
 * import { openFifEpochs, writeFifEpochStream } from "tsrsa/io";
 * async function copy(from: string, to: string) {
 *   const reader = await openFifEpochs(from);
 *   async function* epochs() {
 *     for (let i = 0; i < reader.nEpochs; i++) yield reader.read({ epochs: [i] });
 *   }
 *   await writeFifEpochStream(to, reader, epochs());
 *   await reader.close();
 * }
 * ```
 */
export async function writeFifEpochStream(
  path: string | URL,
  header: FifEpochsHeader,
  epochs: Iterable<FifEpochValues> | AsyncIterable<FifEpochValues>,
  options: FifWriteOptions = {},
): Promise<void> {
  checkOptions(options, writeFifEpochsNames);
  const chunks = epochsChunks(header, epochs, options.format ?? "single");
  await writePath(path, fileNameOf(path).endsWith(".gz") ? gzipChunks(chunks) : chunks);
}

/**
 * The bytes of an epochs file, as {@link writeFifEpochs} writes it (unpacked).
 *
 * @example
 * ```ts
 * import { encodeFifEpochs, readFifEpochs } from "tsrsa/io";
 * const bytes = async (path: string) => encodeFifEpochs(await readFifEpochs(path));
 * ```
 */
export async function encodeFifEpochs(
  epochs: FifEpochs,
  options: FifWriteOptions = {},
): Promise<Uint8Array> {
  checkOptions(options, writeFifEpochsNames);
  const chunks: Uint8Array[] = [];
  for await (const chunk of epochsChunks(epochs, eachEpoch(epochs), options.format ?? "single"))
    chunks.push(chunk);
  return joinBytes(chunks);
}

const areEpochs = thing("epochs as readFifEpochs gives them", "data", "shape");

function* eachEpoch(epochs: FifEpochs): Generator<FifEpochValues> {
  areEpochs(epochs, "epochs");
  const { data, imaginary, shape } = epochs;
  const [nEpochs, nChannels, nTimes] = shape;
  const size = nChannels * nTimes;
  if (data.length !== nEpochs * size)
    throw new ShapeMismatch(`${shape.join(" × ")} numbers`, `${data.length}`);
  for (let at = 0; at < data.length; at += size)
    yield {
      data: data.subarray(at, at + size),
      imaginary: imaginary?.subarray(at, at + size),
    };
}

async function* epochsChunks(
  header: FifEpochsHeader,
  epochs: Iterable<FifEpochValues> | AsyncIterable<FifEpochValues>,
  format: "single" | "double",
): AsyncGenerator<Uint8Array, void, undefined> {
  const nEpochs = checkHeader(header);
  areValues(epochs, "epochs");
  const { channels } = header.info;
  const nTimes = header.lastSample - header.firstSample + 1;
  let written = 0;
  let complex = false;
  for await (const values of epochs) {
    isEpoch(values, `epoch ${written}`);
    if (written === 0) {
      complex = values.imaginary !== undefined;
      yield headBytes(header, [nEpochs, channels.length, nTimes], format, complex);
    }
    if (++written > nEpochs || complex !== (values.imaginary !== undefined)) break;
    yield encodeEpoch(channels, nTimes, values, format);
  }
  if (written !== nEpochs)
    throw new ShapeMismatch(
      `${nEpochs} epochs, as there are events, all real or all complex`,
      `${Math.max(written - 1, 0)} and then ${written > nEpochs ? "more" : "none or others"}`,
    );
  if (written === 0) yield headBytes(header, [0, channels.length, nTimes], format, false);
  yield tailBytes(header, [nEpochs, channels.length, nTimes]);
}

const isHeader = thing(
  "what openFifEpochs or readFifEpochs gives",
  "info",
  "events",
  "selection",
  "eventId",
);
const areValues = kind(
  "a list of epochs, or a generator of them",
  (value) =>
    typeof value === "object" &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);
const isEpoch = thing("an epoch as { data }", "data");

function checkHeader(header: FifEpochsHeader): number {
  isHeader(header, "header");
  const nEpochs = header.events.length / 3;
  const rows = [header.selection.length, header.metadata?.nRows ?? nEpochs];
  if (rows.some((n) => n !== nEpochs))
    throw new ShapeMismatch(
      `${nEpochs} epochs (3 numbers an event)`,
      `${rows.join(" and ")} rows in selection and metadata`,
    );
  if (!(header.lastSample >= header.firstSample))
    throw new InvalidArgument("lastSample", header.lastSample, "give one not before the first");
  for (const name of header.eventId.keys())
    if (name.includes(";")) throw new InvalidArgument("event name", name, "leave out semicolons");
  return nEpochs;
}

// Everything up to the data, and the data's tag header.
function headBytes(
  header: FifEpochsHeader,
  shape: readonly number[],
  format: "single" | "double",
  complex: boolean,
): Uint8Array {
  const bytes = shape.reduce((n, length) => n * length, bytesPerNumber(format, complex)) + 16;
  const writer = new TagWriter();
  writeFileStart(writer, header.info);
  writer.start(blockKind.measurement);
  writeId(writer, tagKind.blockId, header.info);
  writeId(writer, tagKind.parentBlockId, header.info);
  writeInfo(writer, header.info);
  writer.start(blockKind.processedData).start(blockKind.epochs);
  writeEvents(writer, header);
  writer.ints(tagKind.firstSample, [header.firstSample]);
  writer.ints(tagKind.lastSample, [header.lastSample]);
  writer.float(tagKind.epochsRawSamplingRate, header.rawSfreq);
  writer.float(tagKind.baselineMin, header.baseline?.[0]);
  writer.float(tagKind.baselineMax, header.baseline?.[1]);
  const head = writer.take();
  if (head.length + bytes + tailBytes(header, shape).length > mostBytes)
    throw new InvalidArgument(
      "epochs",
      `${bytes} bytes`,
      'a FIF file holds 2 GiB: write fewer epochs a file, or format: "single"',
    );
  return joinBytes([head, tagHeader(tagKind.epoch, matrixType(format, complex), bytes)]);
}

function writeEvents(writer: TagWriter, { events, eventId, metadata }: FifEpochsHeader): void {
  const ids = [...eventId].map(([name, id]) => `${name}:${id}`);
  writer.block(blockKind.events, () => {
    writer.ints(tagKind.eventList, events);
    writer.text(tagKind.description, ids.join(";"));
  });
  if (metadata === undefined) return;
  writer.block(blockKind.metadata, () => writer.text(tagKind.description, toRecordsJson(metadata)));
}

function tailBytes(header: FifEpochsHeader, shape: readonly number[]): Uint8Array {
  const writer = new TagWriter();
  writer.text(tagKind.epochsDropLog, asciiJson(JSON.stringify(header.dropLog)));
  writer.ints(tagKind.epochsSelection, header.selection);
  writer.end(blockKind.epochs).end(blockKind.processedData).end(blockKind.measurement);
  writeFileEnd(writer);
  return joinBytes([matrixTrailer(shape), writer.take()]);
}
