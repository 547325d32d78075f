import { InvalidArgument } from "./errors.ts";
import { openPath } from "#platform/files";
import { checkInside, type ByteSource, type FileInput } from "./byte-source.ts";

/** Open what a reader was given; a signal ends what is fetched for it. The caller closes it. Throws `MissingFile`. */
export async function openSource(input: FileInput, signal?: AbortSignal): Promise<ByteSource> {
  if (typeof input === "string" || input instanceof URL) return openPath(input, { signal });
  if (input instanceof Blob) return blobSource(input);
  if (input instanceof ArrayBuffer) return bytesSource(new Uint8Array(input));
  if (input instanceof Uint8Array) return bytesSource(input);
  throw new InvalidArgument(
    "input",
    input,
    "give the path of a file, a URL, a Blob, or its bytes as a Uint8Array",
  );
}

/** All bytes of what a reader was given, and its name. Throws `MissingFile`. */
export async function readWhole(input: FileInput): Promise<{ bytes: Uint8Array; name: string }> {
  const source = await openSource(input);
  try {
    return { bytes: await source.read(0, source.size), name: source.name };
  } finally {
    await source.close();
  }
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array, name = "(bytes in memory)"): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => {
      checkInside(name, offset, length, bytes.length);
      return bytes.subarray(offset, offset + length);
    },
    close: async () => {},
  };
}

function blobSource(blob: Blob): ByteSource {
  const name = "name" in blob ? String(blob.name) : "(blob)";
  return {
    name,
    size: blob.size,
    read: async (offset, length) => {
      checkInside(name, offset, length, blob.size);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    close: async () => {},
  };
}
