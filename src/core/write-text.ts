import { writePath } from "#platform/files";

/** Write a text file as UTF-8; it gets its name only when it is complete, as every file we write. */
export async function writeText(path: string | URL, text: string): Promise<void> {
  await writePath(path, [new TextEncoder().encode(text)]);
}
