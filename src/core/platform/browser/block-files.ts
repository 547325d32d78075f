import { Unsupported } from "../../errors.ts";

function noFolder(path: string): Unsupported {
  return new Unsupported(`a page has no folder ${path}`, "leave out engine, or run it in Node");
}

export async function namesIn(folder: string): Promise<string[]> {
  throw noFolder(folder);
}

export async function storedBytes(path: string): Promise<Uint8Array | undefined> {
  throw noFolder(path);
}

export async function sha256OfFile(path: string): Promise<string | undefined> {
  throw noFolder(path);
}

export async function sizeOfFile(path: string): Promise<number | undefined> {
  throw noFolder(path);
}

export async function appendLine(path: string, line: string): Promise<void> {
  void line;
  throw noFolder(path);
}

export async function removeFile(path: string): Promise<void> {
  throw noFolder(path);
}

export function absolutePath(path: string): string {
  throw noFolder(path);
}
