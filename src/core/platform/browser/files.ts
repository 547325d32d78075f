import { checkInside, type ByteSource } from "../../byte-source.ts";
import { checkedPath } from "../../gate/path.ts";
import { FileFormatError, MissingFile, Unsupported } from "../../errors.ts";

/** Fetch an address whole; a browser has no paths. */
export async function openPath(path: string | URL): Promise<ByteSource> {
  const response = await fetch(checkedPath(path));
  if (!response.ok)
    throw new MissingFile(
      String(path),
      `the server answered ${response.status}; check the address`,
    );
  const name = String(path);
  const bytes = await wholeBody(response, name);
  const read = async (offset: number, length: number) => {
    checkInside(name, offset, length, bytes.length);
    return bytes.subarray(offset, offset + length);
  };
  return { name, size: bytes.length, read, close: async () => {} };
}

/** Of an answer that is cut, browsers say only that they could not fetch it. */
async function wholeBody(response: Response, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new FileFormatError(name, "content", "a whole answer", "one that was cut", {
      cause,
      advice: "fetch it again",
    });
  }
}

export async function writePath(
  path: string | URL,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: { readonly durable?: boolean } = {},
): Promise<void> {
  void chunks;
  void options;
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

export function siblingPath(path: string | URL, name: string): string {
  return new URL(name, new URL(path, location.href)).href;
}

/** An address is what it is: a page sees no links. */
export async function realPath(path: string | URL): Promise<string> {
  return new URL(path, location.href).href;
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

/** How long an address says that it is; 0 where there is none. */
export async function bytesOf(path: string): Promise<number> {
  return fetch(path, { method: "HEAD" }).then(
    (response) => (response.ok ? Number(response.headers.get("content-length") ?? 0) : 0),
    () => 0,
  );
}
