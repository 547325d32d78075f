import { checkInside, type ByteSource } from "../../byte-source.ts";
import { checkedPath } from "../../gate/path.ts";
import { sha256 } from "../../sha256.ts";
import { FileFormatError, MissingFile, Unsupported } from "../../errors.ts";
import { isAddress, type AskOptions } from "../../http/address.ts";
import { openAddress } from "../../http/open-address.ts";
import { memoryFiles, memoryPath } from "./memory/memory-files.ts";

/** A file in memory, where these are in use; else an address, read part by part where its server gives parts. */
export async function openPath(path: string | URL, options: AskOptions = {}): Promise<ByteSource> {
  const given = memoryFiles()?.given(memoryPath(checkedPath(path)) ?? "");
  if (given !== undefined) return blobSource(String(path), given);
  const here = await inMemory(path);
  if (here !== undefined) return sourceOf(String(path), here);
  const address = absolute(path);
  return isAddress(address) ? openAddress(address, options) : fetched(address);
}

/** An address from the page on. */
function absolute(path: string | URL): string | URL {
  return isAddress(checkedPath(path)) || typeof location === "undefined"
    ? path
    : new URL(path, location.href);
}

async function inMemory(path: string | URL): Promise<Uint8Array | undefined> {
  const name = memoryPath(checkedPath(path));
  return name === undefined ? undefined : memoryFiles()?.read(name);
}

async function fetched(path: string | URL): Promise<ByteSource> {
  const response = await fetch(checkedPath(path));
  if (!response.ok)
    throw new MissingFile(
      String(path),
      `the server answered ${response.status}; check the address`,
    );
  const name = String(path);
  return sourceOf(name, await wholeBody(response, name));
}

/** A file that the user gave is read in pieces: it may be larger than memory. */
function blobSource(name: string, blob: Blob): ByteSource {
  const read = async (offset: number, length: number) => {
    checkInside(name, offset, length, blob.size);
    return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
  };
  return { name, size: blob.size, read, close: async () => {} };
}

function sourceOf(name: string, bytes: Uint8Array): ByteSource {
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

/** Writes a file into memory, where files there are in use. Throws `Unsupported` elsewhere. */
export async function writePath(
  path: string | URL,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: { readonly durable?: boolean } = {},
): Promise<void> {
  void options;
  const name = memoryPath(path);
  if (name === undefined) throw noFiles(path);
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk.slice());
  memoryFiles()?.write(name, joined(pieces));
}

export async function replacePath(
  path: string | URL,
  write: (part: string) => Promise<void>,
): Promise<void> {
  const name = memoryPath(path);
  if (name === undefined) throw noFiles(path);
  const part = `${name}.part`;
  try {
    await write(part);
    memoryFiles()?.rename(part, name);
  } finally {
    memoryFiles()?.remove(part);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function noFiles(path: string | URL): Unsupported {
  return new Unsupported(
    `a browser cannot write ${String(path)}`,
    "ask for the bytes and offer them as a download",
  );
}

/** A name that a file gives is never an address: no file chooses whom to ask. */
export function siblingPath(path: string | URL, name: string): string {
  const own = memoryPath(path);
  if (own !== undefined) return own.replace(/[^/]*$/, () => name);
  return new URL(`./${name}`, new URL(path, location.href)).href;
}

/** An address is what it is: a page sees no links. */
export async function realPath(path: string | URL): Promise<string> {
  const own = memoryPath(path);
  if (own !== undefined) return own;
  return new URL(path, location.href).href;
}

export function fileNameOf(path: string | URL): string {
  return String(path).split("/").at(-1) ?? "";
}

/** Whether there is nothing at a path. */
export async function isAbsent(path: string | URL): Promise<boolean> {
  return !(await fileExists(String(path)));
}

export async function fileExists(path: string): Promise<boolean> {
  if ((await inMemory(path)) !== undefined) return true;
  return fetch(path, { method: "HEAD" }).then(
    (response) => response.ok,
    () => false,
  );
}

/** How long a file in memory is, or an address says that it is; 0 where there is none. */
export async function bytesOf(path: string): Promise<number> {
  const given = memoryFiles()?.given(memoryPath(checkedPath(path)) ?? "");
  const here = given?.size ?? (await inMemory(path))?.length;
  if (here !== undefined) return here;
  return fetch(path, { method: "HEAD" }).then(
    (response) => (response.ok ? Number(response.headers.get("content-length") ?? 0) : 0),
    () => 0,
  );
}

/** SHA-256 of what is at an address, in hexadecimal digits. */
export async function hashOfFile(path: string): Promise<string> {
  const source = await openPath(path);
  return sha256(await source.read(0, source.size));
}
