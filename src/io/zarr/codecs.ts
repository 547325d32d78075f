import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { isObject, type Json } from "./json.ts";
import { numpyTypes, typeBytes, type ZarrType } from "./types.ts";

/** A step of packing. */
export interface Codec {
  readonly name: string;
  readonly configuration: Json;
}

/** How the values of a chunk become its bytes: each list in the order of writing. */
export interface CodecChain {
  /** Of values, and the one that makes bytes of them. */
  readonly ofValues: readonly Codec[];
  /** Of bytes. */
  readonly ofBytes: readonly Codec[];
}

/** What a chain of codecs packs. */
export interface Packed {
  readonly file: string;
  readonly dtype: ZarrType;
  readonly nAxes: number;
  /** Whether values are stored with their high bytes first, where the description says so of the array. */
  readonly isBig: boolean;
}

const ofValues = ["transpose", "delta"];
/** Names that version 3 itself knows; the others begin with `numcodecs.` there. */
const ofVersion3 = ["transpose", "bytes", "gzip", "zstd", "blosc", "crc32c"];
const ofBytes = ["shuffle", "gzip", "zlib", "zstd", "blosc", "lz4", "crc32c"];

/** Every codec that is read, for messages. */
const readable = [...ofValues, "bytes", ...ofBytes, "sharding_indexed"].join(", ");

/** A list of codecs as version 3 has it. Throws `FileFormatError` for one that is none. */
export function codecList(value: unknown, field: string, file: string): Codec[] {
  if (!Array.isArray(value))
    throw new FileFormatError(file, field, "a list", JSON.stringify(value) ?? "nothing");
  return (value as readonly unknown[]).map((one) => {
    const { name, configuration = {} } = isObject(one) ? one : { name: one };
    if (typeof name === "string" && isObject(configuration)) return { name, configuration };
    throw new FileFormatError(file, field, "names and configurations", JSON.stringify(one));
  });
}

/** Filters and a compressor of version 2 as such a list. */
export function codecsOfV2({ filters, compressor }: Json, file: string): Codec[] {
  const list = [...(Array.isArray(filters) ? (filters as unknown[]) : filters ? [filters] : [])];
  if (compressor !== null && compressor !== undefined) list.push(compressor);
  return list.map((one) => {
    const { id, ...configuration } = isObject(one) ? one : {};
    if (typeof id === "string" && ["delta", ...ofBytes].includes(id))
      return { name: id, configuration };
    throw unread(file, id ?? JSON.stringify(one));
  });
}

/** Codecs of version 3 under the names they have here. Throws `Unsupported` for one that is not read. */
export function namedAsHere(codecs: readonly Codec[], file: string): Codec[] {
  return codecs.map(({ name, configuration }) => {
    const own = name.startsWith("numcodecs.") ? name.slice("numcodecs.".length) : undefined;
    const isRead =
      own === undefined
        ? ofVersion3.includes(name) || ofBytes.includes(name)
        : own === "delta" || ofBytes.includes(own);
    if (!isRead) throw unread(file, name);
    return { name: own ?? name, configuration };
  });
}

function unread(file: string, name: unknown): Unsupported {
  return new Unsupported(`${file}: the codec ${String(name)}`, `write it with some of ${readable}`);
}

/**
 * A chain in its two parts. Throws `FileFormatError` for an order, or a configuration, that packs nothing; `Unsupported`
 * for one that is not undone here.
 */
export function checkedChain(codecs: readonly Codec[], packed: Packed): CodecChain {
  const { file } = packed;
  const names = codecs.map(({ name }) => name);
  const at = names.indexOf("bytes");
  const [before, after] = [codecs.slice(0, at), codecs.slice(at + 1)];
  const isChain =
    at >= 0 &&
    before.every(({ name }) => ofValues.includes(name)) &&
    after.every(({ name }) => ofBytes.includes(name));
  if (!isChain)
    throw new FileFormatError(
      file,
      "codecs",
      "codecs of values, bytes, codecs of bytes",
      names.join(", "),
    );
  const turns = names.filter((name) => name === "transpose").length;
  if (turns > 1 || (turns === 1 && names[0] !== "transpose"))
    throw new Unsupported(`${file}: the codecs ${names.join(", ")}`, "turn axes once, first");
  for (const codec of codecs) checks[codec.name]?.(codec.configuration, packed);
  return { ofValues: codecs.slice(0, at + 1), ofBytes: after };
}

const checks: Readonly<Record<string, (configuration: Json, packed: Packed) => void>> = {
  transpose: ({ order }, { file, nAxes }) => {
    const axes: readonly unknown[] = Array.isArray(order) ? order : [];
    const isOrder =
      axes.length === nAxes &&
      Array.from({ length: nAxes }, (_, k) => k).every((k) => axes.includes(k));
    if (!isOrder) throw nonsense(file, "transpose order", `each of ${nAxes} axes once`, order);
  },
  bytes: ({ endian }, { file, dtype }) => {
    const isOne = endian === "little" || endian === "big";
    if (!isOne && !(endian === undefined && typeBytes[dtype] === 1))
      throw nonsense(file, "bytes endian", "little or big", endian);
  },
  delta: ({ dtype, astype = dtype }, { file, dtype: own, isBig }) => {
    const isOwn = [dtype, astype].every(
      (one) => typeof one === "string" && typeOf(one) === own && !one.startsWith(isBig ? "<" : ">"),
    );
    if (!isOwn || own === "bool")
      throw new Unsupported(
        `${file}: the codec delta from ${JSON.stringify(dtype)} to ${JSON.stringify(astype)} of ${own}`,
        "write differences of the type of the array",
      );
  },
  shuffle: ({ elementsize = 4 }, { file }) => {
    if (!(
      Number.isInteger(elementsize) &&
      (elementsize as number) > 0 &&
      (elementsize as number) < 256
    ))
      throw nonsense(file, "shuffle elementsize", "a whole number from 1", elementsize);
  },
  crc32c: ({ location = "end" }, { file }) => {
    if (location !== "end")
      throw new Unsupported(`${file}: the codec crc32c in front`, "write the checksum at the end");
  },
};

/** The type that a name of numpy means. */
function typeOf(name: string): ZarrType | undefined {
  if (Object.hasOwn(typeBytes, name)) return name as ZarrType;
  const short = name.replace(/^[<>|=]/, "");
  return Object.hasOwn(numpyTypes, short) ? numpyTypes[short] : undefined;
}

function nonsense(file: string, field: string, expected: string, found: unknown): FileFormatError {
  return new FileFormatError(file, field, expected, JSON.stringify(found) ?? "nothing");
}
