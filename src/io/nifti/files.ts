import { fileExists, fileNameOf, siblingPath } from "#platform/files";
import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import { isGzip, packedSource } from "../gzip/packed-source.ts";
import type { UnpackedSource } from "../gzip/packed-source.ts";
import { checkHeader, kindOf } from "./check-header.ts";
import type { CheckedHeader } from "./check-header.ts";
import { headerBytes } from "./header-fields.ts";

/** Bytes of a file, and what unpacking them can give at most. */
interface Opened extends UnpackedSource {
  readonly packedBytes: number | undefined;
}

/** An open image whose header has been checked against the size of the file. */
export interface NiftiFile {
  readonly header: CheckedHeader;
  /** The 348 or 540 bytes of the header. */
  readonly headerBytes: Uint8Array;
  /** The file that the header is in, and the one that the voxels are in; one and the same unless it is a pair. */
  readonly head: UnpackedSource;
  readonly voxels: UnpackedSource;
  /** Proves that a packed file is sound and holds all voxels; done once. Nothing to do for one that is not packed. */
  prove(): Promise<void>;
  /** Size of a packed file as it is stored. */
  readonly packedBytes: number | undefined;
  /** Bytes that the values of one reading may take, where the user says so. */
  readonly maxBytes: number | undefined;
  /** True when the size that the header tells is not in proportion to the file, so that it must be proved first. */
  readonly doubtful: boolean;
  close(): Promise<void>;
}

/** How files are opened. */
interface OpenFilesOptions {
  readonly voxels?: FileInput;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** Open a file or the two files of a pair. Throws `MissingFile`, `FileFormatError`. */
export async function openFiles(
  input: FileInput,
  { voxels, maxBytes, signal }: OpenFilesOptions = {},
): Promise<NiftiFile> {
  const names = voxels === undefined ? await pairOf(input) : { header: input, voxels };
  const opened: Opened[] = [];
  try {
    const head = await openUnpacked(names.header, signal);
    opened.push(head);
    const bytes = await readHeader(head);
    const header = checkHeader(head.name, bytes);
    checkPair(head.name, header, names.voxels !== undefined);
    const body = names.voxels === undefined ? head : await openUnpacked(names.voxels, signal);
    if (body !== head) opened.push(body);
    checkSize(body, header);
    return { ...niftiFile(header, bytes, head, body), maxBytes };
  } catch (error) {
    for (const source of opened) await source.close();
    throw error;
  }
}

function niftiFile(
  header: CheckedHeader,
  bytes: Uint8Array,
  head: Opened,
  voxels: Opened,
): Omit<NiftiFile, "maxBytes"> {
  const end = header.voxOffset + header.dataBytes;
  const { packedBytes } = voxels;
  let proved = packedBytes === undefined;
  return {
    header,
    headerBytes: bytes,
    head,
    voxels,
    packedBytes,
    doubtful: packedBytes !== undefined && end > Math.max(plainBytes, packedBytes * plainRatio),
    prove: async () => {
      if (proved) return;
      const size = await voxels.finish(end);
      if (size < end) throw tooShort(voxels.name, header, size);
      proved = true;
    },
    close: async () => {
      await voxels.close();
      if (voxels !== head) await head.close();
    },
  };
}

/** Deflate makes at most 1032 bytes of one. */
const mostRatio = 1040;
/** Images of this size, or packed no better than this, are read without proving first that the file holds them. */
const plainBytes = 1 << 26;
const plainRatio = 32;

async function openUnpacked(input: FileInput, signal?: AbortSignal): Promise<Opened> {
  const source = await openSource(input, signal);
  try {
    const packed = isGzip(await source.read(0, Math.min(2, source.size)));
    return packed
      ? { ...packedSource(source, { lastPart: "the last voxel" }), packedBytes: source.size }
      : { ...plainSource(source), packedBytes: undefined };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function plainSource(source: ByteSource): UnpackedSource {
  const { name, size } = source;
  return {
    name,
    size,
    forwardOnly: false,
    read: (offset, length) => source.read(offset, length),
    finish: async () => size,
    close: () => source.close(),
  };
}

async function readHeader(source: UnpackedSource): Promise<Uint8Array> {
  const [version] = kindOf(source.name, await source.read(0, 4));
  return source.read(0, headerBytes[version]);
}

function checkPair(file: string, { single, fields }: CheckedHeader, two: boolean): void {
  if (single !== two) return;
  const [expected, found] = single ? ["ni", "n+"] : ["n+", "ni"];
  throw new FileFormatError(
    file,
    "magic",
    `"${expected}${fields.version}", as a ${two ? "header with the voxels in another file" : "single file"} has`,
    `"${found}${fields.version}"`,
    {
      advice: two
        ? "header and voxels are in one file: name it .nii"
        : "the voxels are in another file: name them .hdr and .img, or give both to openNifti",
    },
  );
}

// Before anything is allocated: the file must hold what its header tells, or be able to when it is packed.
function checkSize(source: Opened, header: CheckedHeader): void {
  const end = header.voxOffset + header.dataBytes;
  const { packedBytes, size } = source;
  const most = packedBytes === undefined ? size : packedBytes * mostRatio;
  if (end > most) throw tooShort(source.name, header, most, packedBytes);
}

function tooShort(
  file: string,
  { shape, type, voxOffset, dataBytes }: CheckedHeader,
  found: number,
  packedBytes?: number,
): FileFormatError {
  return new FileFormatError(
    file,
    "size of the file",
    `${voxOffset + dataBytes} bytes: ${dataBytes} for (${shape.join(", ")}) voxels of ${type.name} from byte ${voxOffset}`,
    packedBytes === undefined
      ? `${found} bytes`
      : `${packedBytes} packed bytes, which can hold no more than ${found}`,
  );
}

const pairName = /\.(hdr|img)(\.gz)?$/i;

async function pairOf(input: FileInput): Promise<{ header: FileInput; voxels?: FileInput }> {
  if (!(typeof input === "string" || input instanceof URL)) return { header: input };
  const name = fileNameOf(input);
  const [, ending] = pairName.exec(name) ?? [];
  if (ending === undefined) return { header: input };
  const isHeader = ending.toLowerCase() === "hdr";
  const other = await otherOf(input, name, isHeader);
  return isHeader ? { header: input, voxels: other } : { header: other, voxels: input };
}

// The other file of a pair: of the same spelling, packed or not.
async function otherOf(input: string | URL, name: string, isHeader: boolean): Promise<string> {
  const ending = isHeader ? "img" : "hdr";
  const path = pathOf(input);
  const stem = name.replace(pairName, "");
  const same = /\.(HDR|IMG)/.test(name) ? ending.toUpperCase() : ending;
  const gz = /\.gz$/i.exec(name)?.[0];
  const candidates = [gz ?? "", gz === undefined ? ".gz" : ""].map((end) =>
    siblingPath(path, `${stem}.${same}${end}`),
  );
  for (const candidate of candidates) if (await fileExists(candidate)) return candidate;
  throw new MissingFile(
    candidates[0],
    `${name} is one of two files, the header (.hdr) and the voxels (.img); put both in one folder`,
  );
}

function pathOf(input: string | URL): string {
  const address = typeof input === "string" && !input.startsWith("file:") ? undefined : input;
  if (address === undefined) return String(input);
  const url = new URL(address);
  return url.protocol === "file:" ? decodeURIComponent(url.pathname) : url.href;
}
