import type { ByteSource } from "../../byte-source.ts";
import { MissingFile, Unsupported } from "../../errors.ts";

/** Fetch an address whole; a browser has no paths. */
export async function openPath(path: string | URL): Promise<ByteSource> {
  const response = await fetch(path);
  if (!response.ok)
    throw new MissingFile(
      String(path),
      `the server answered ${response.status}; check the address`,
    );
  const bytes = new Uint8Array(await response.arrayBuffer());
  const read = async (offset: number, length: number) => {
    if (offset + length > bytes.length)
      throw new MissingFile(String(path), `it ends at byte ${bytes.length}; fetch it again`);
    return bytes.subarray(offset, offset + length);
  };
  return { name: String(path), size: bytes.length, read, close: async () => {} };
}

export async function writePath(
  path: string | URL,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  void chunks;
  throw noFiles(path);
}

export async function replacePath(
  path: string | URL,
  write: (part: string) => Promise<void>,
): Promise<void> {
  void write;
  throw noFiles(path);
}

function noFiles(path: string | URL): Unsupported {
  return new Unsupported(
    `a browser cannot write ${String(path)}`,
    "ask for the bytes and offer them as a download",
  );
}

export function siblingPath(path: string, name: string): string {
  return new URL(name, new URL(path, location.href)).href;
}

export function fileNameOf(path: string | URL): string {
  return String(path).split("/").at(-1) ?? "";
}

export async function fileExists(path: string): Promise<boolean> {
  return fetch(path, { method: "HEAD" }).then(
    (response) => response.ok,
    () => false,
  );
}
