import { joinBytes } from "../../core/bytes.ts";
import { listOf, oneOf, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { fileNameOf, writePath } from "#platform/files";
import { gzip } from "#platform/zlib";
import { InvalidArgument } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { encodeEpoch, matrixType } from "./encode-data.ts";
import type { FifWriteOptions } from "./encode-data.ts";
import { matrixTrailer, TagWriter } from "./tag-writer.ts";
import { writeFileEnd, writeFileStart, writeId, writeInfo } from "./write-info.ts";
import type { FifEvoked } from "./types.ts";

const writeFifEvokedsNames: OptionNames<FifWriteOptions> = { format: oneOf(["single", "double"]) };

/**
 * Write evokeds to one file that MNE-Python reads (`-ave.fif`; packed when the name ends in `.gz`). The first one's
 * info stands for all. Sampling rate and first time are float32 in the format.
 * Throws `InvalidArgument` when they have different channels or sampling rates, or for what the format cannot hold.
 *
 * @example
 * ```ts
 * import { readFifEvokeds, writeFifEvokeds } from "tsrsa/io";
 * const copy = async (from: string, to: string) => writeFifEvokeds(to, await readFifEvokeds(from));
 * ```
 */
export async function writeFifEvokeds(
  path: string | URL,
  evokeds: readonly FifEvoked[],
  options: FifWriteOptions = {},
): Promise<void> {
  checkOptions(options, writeFifEvokedsNames);
  const bytes = encodeFifEvokeds(evokeds, options);
  await writePath(path, [fileNameOf(path).endsWith(".gz") ? await gzip(bytes) : bytes]);
}

/**
 * The bytes of an evoked file, as {@link writeFifEvokeds} writes it (unpacked).
 *
 * @example
 * ```ts
 * import { encodeFifEvokeds, readFifEvokeds } from "tsrsa/io";
 * const bytes = async (path: string) => encodeFifEvokeds(await readFifEvokeds(path));
 * ```
 */
export function encodeFifEvokeds(
  evokeds: readonly FifEvoked[],
  options: FifWriteOptions = {},
): Uint8Array {
  checkOptions(options, writeFifEvokedsNames);
  checkEvokeds(evokeds);
  const [{ info }] = evokeds;
  const writer = new TagWriter();
  writeFileStart(writer, info);
  writer.block(blockKind.measurement, () => {
    writeId(writer, tagKind.blockId, info);
    writeId(writer, tagKind.parentBlockId, info);
    writeInfo(writer, info);
    writer.block(blockKind.processedData, () => {
      for (const evoked of evokeds) writeEvoked(writer, evoked, options.format ?? "single");
    });
  });
  writeFileEnd(writer);
  return writer.take();
}

const areEvokeds = listOf(thing("an evoked as readFifEvokeds gives it", "info", "times", "data"));

function checkEvokeds(evokeds: readonly FifEvoked[]): void {
  areEvokeds(evokeds, "evokeds");
  if (evokeds.length === 0) throw new InvalidArgument("evokeds", "none", "give one or more");
  const describe = ({ info }: FifEvoked) =>
    JSON.stringify([info.sfreq, info.channels.map(({ name, cal }) => [name, cal])]);
  const odd = evokeds.findIndex((evoked) => describe(evoked) !== describe(evokeds[0]));
  if (odd >= 0)
    throw new InvalidArgument(
      "evokeds",
      `number ${odd}`,
      "all in one file must have the channels and sampling rate of the first",
    );
}

function writeEvoked(writer: TagWriter, evoked: FifEvoked, format: "single" | "double"): void {
  const { info, times } = evoked;
  const complex = evoked.imaginary !== undefined;
  const numbers = encodeEpoch(info.channels, times.length, evoked, format);
  const trailer = matrixTrailer([info.channels.length, times.length]);
  writer.block(blockKind.evoked, () => {
    writer.text(tagKind.comment, evoked.comment);
    writer.float(tagKind.firstTime, times[0]);
    writer.ints(tagKind.sampleCount, [times.length]);
    writer.ints(tagKind.firstSample, [evoked.firstSample]);
    writer.ints(tagKind.lastSample, [evoked.lastSample]);
    writer.float(tagKind.baselineMin, evoked.baseline?.[0]);
    writer.float(tagKind.baselineMax, evoked.baseline?.[1]);
    writer.block(blockKind.aspect, () => {
      writer.ints(tagKind.aspectKind, [evoked.aspectKind]);
      writer.ints(tagKind.averages, [Math.round(evoked.nave)]);
      writer.tag(tagKind.epoch, matrixType(format, complex), joinBytes([numbers, trailer]));
    });
  });
}
