import { shownAddress } from "../../core/http/shown-address.ts";
import { fileExists, siblingPath } from "#platform/files";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile, TsrsaError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { readEpochsPart } from "./epochs-part.ts";
import type { EpochsPart } from "./epochs-part.ts";
import { optional } from "./info.ts";
import { joinRows } from "./metadata.ts";
import { findBlocks, findTag, openFif } from "./tree.ts";
import type { FifFile } from "./tree.ts";
import { readInt, readString } from "./values.ts";
import type { FifEpochsHeader, FifMetadata } from "./types.ts";

const nextFileRole = 2;
const ignored = "IGNORED";

/** Open an epochs file and the files it goes on in. The caller closes every part's source. */
export async function openEpochsParts(
  input: FileInput,
  signal?: AbortSignal,
): Promise<EpochsPart[]> {
  const parts = [await openPart(input, signal)];
  try {
    for (let next = nextOf(parts[0].file, 1); next !== undefined;) {
      const part = await openNext(input, parts, next, signal);
      parts.push(part);
      next = nextOf(part.file, parts.length);
    }
    return parts;
  } catch (error) {
    await closeParts(parts);
    throw error;
  }
}

/** Close every part. */
export async function closeParts(parts: readonly EpochsPart[]): Promise<void> {
  await Promise.all(parts.map((part) => part.file.source.close()));
}

/** The header of all parts together. */
export function joinHeaders(parts: readonly EpochsPart[]): FifEpochsHeader {
  const headers = parts.map((part) => part.header);
  if (headers.length === 1) return headers[0];
  return {
    ...headers[0],
    events: Int32Array.from(headers.flatMap((header) => [...header.events])),
    eventId: new Map(headers.flatMap((header) => [...header.eventId])),
    selection: Int32Array.from(headers.flatMap((header) => [...header.selection])),
    dropLog: joinDropLogs(parts),
    metadata: joinMetadata(parts),
  };
}

interface NextPart {
  readonly name: string | undefined;
  readonly number: number;
  readonly id: string | undefined;
}

// What the file says of the one it goes on in.
function nextOf(file: FifFile, number: number): NextPart | undefined {
  for (const block of findBlocks(file.root, blockKind.reference)) {
    const role = findTag(block, tagKind.refRole);
    if (role === undefined || readInt(file, role) !== nextFileRole) continue;
    const name = optional(findTag(block, tagKind.refFileName), (tag) => readString(file, tag));
    const stored = optional(findTag(block, tagKind.refFileNumber), (tag) => readInt(file, tag));
    const id = findTag(block, tagKind.refFileId)?.bytes;
    // Names written on another system may hold a folder; the part lies beside us.
    const plain = name?.split(/[\\/]/).at(-1);
    return { name: plain, number: stored ?? number, id: idText(id) };
  }
  return undefined;
}

async function openNext(
  input: FileInput,
  parts: readonly EpochsPart[],
  next: NextPart,
  signal: AbortSignal | undefined,
): Promise<EpochsPart> {
  const first = parts[0].file.name;
  const names = candidates(fileName(first), next);
  if (typeof input !== "string" && !(input instanceof URL))
    throw new MissingFile(names[0], `${first} goes on in it; give the path of the first file`);
  const refused: unknown[] = [];
  for (const path of names.map((name) => siblingPath(input, name))) {
    if (parts.some((part) => part.file.name === shownAddress(path)))
      throw new FileFormatError(first, "next part", "a file not read before", path);
    if (!(await fileExists(path))) continue;
    try {
      return await openFitting(path, parts[0], next, signal);
    } catch (error) {
      if (!(error instanceof TsrsaError)) throw error;
      refused.push(error);
    }
  }
  if (refused.length > 0) throw refused[0];
  throw new MissingFile(
    siblingPath(first, names[0]),
    `${first} goes on in it; put the part beside the first file${alternative(names)}`,
  );
}

function alternative(names: readonly string[]): string {
  return names.length > 1 ? `, under this name or as ${names[1]}` : "";
}

// The stored name; and, when somebody renamed the files, our own with the part's number.
function candidates(first: string, next: NextPart): string[] {
  const [, stem, extension] = /^(.*?)(\.fif(?:\.gz)?)?$/s.exec(first) ?? ["", first, ""];
  const own = `${stem}-${next.number}${extension ?? ".fif"}`;
  return [...new Set(next.name === undefined || next.name === "" ? [own] : [next.name, own])];
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

async function openPart(input: FileInput, signal?: AbortSignal): Promise<EpochsPart> {
  const file = await openFif(input, signal);
  try {
    return readEpochsPart(file);
  } catch (error) {
    await file.source.close();
    throw error;
  }
}

async function openFitting(
  path: string,
  first: EpochsPart,
  next: NextPart,
  signal: AbortSignal | undefined,
): Promise<EpochsPart> {
  const part = await openPart(path, signal);
  const found = mismatch(first, part, next);
  if (found === undefined) return part;
  await part.file.source.close();
  throw new FileFormatError(
    path,
    found,
    `that of ${first.file.name}, which goes on here`,
    "another",
    {
      advice: "a file of another recording lies under this name; put the right part in its place",
    },
  );
}

function mismatch(first: EpochsPart, part: EpochsPart, next: NextPart): string | undefined {
  const [a, b] = [first.header, part.header];
  const measurement = findBlocks(part.file.root, blockKind.measurement)[0];
  const id = idText(findTag(measurement, tagKind.parentBlockId)?.bytes);
  if (next.id !== undefined && id !== undefined && id !== next.id) return "measurement id";
  if (a.info.sfreq !== b.info.sfreq) return "sampling rate";
  if (a.firstSample !== b.firstSample || a.lastSample !== b.lastSample) return "times";
  const same = a.info.channels.length === b.info.channels.length;
  const equal = (i: number) =>
    a.info.channels[i].name === b.info.channels[i].name &&
    a.info.channels[i].cal === b.info.channels[i].cal;
  return same && a.info.channels.every((_, i) => equal(i)) ? undefined : "channels";
}

// Machine and time of a measurement; the format's version before them does not matter.
function idText(bytes: Uint8Array | undefined): string | undefined {
  return bytes?.length === 20 ? bytes.subarray(4).join(".") : undefined;
}

// Each part knows all events and says IGNORED of those in the others.
function joinDropLogs(parts: readonly EpochsPart[]): string[][] {
  const logs = parts.map((part) => part.header.dropLog);
  const length = logs[0].length;
  const odd = logs.findIndex((log) => log.length !== length);
  if (odd >= 0)
    throw new FileFormatError(
      parts[odd].file.name,
      "drop log",
      `${length} events, as in the first part`,
      `${logs[odd].length}`,
    );
  return logs[0].map((reasons, i) => {
    const known = logs
      .map((log) => log[i])
      .find((log) => !(log.length === 1 && log[0] === ignored));
    return [...(known ?? reasons)];
  });
}

function joinMetadata(parts: readonly EpochsPart[]): FifMetadata | undefined {
  const tables = parts.map((part) => part.header.metadata);
  const present = tables.filter((table) => table !== undefined);
  if (present.length === 0) return undefined;
  const joined = present.length === tables.length ? joinRows(present) : undefined;
  if (joined !== undefined) return joined;
  throw new FileFormatError(
    parts[0].file.name,
    "metadata",
    "the same columns in all parts",
    "others",
  );
}
