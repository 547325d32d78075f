import { writePath } from "#platform/files";

/**
 * Write a text file as UTF-8; it gets its name only when it is complete, as every file we write. `durable: false` for
 * notes that a power cut may take: nobody waits for the disk then.
 */
export async function writeText(
  path: string | URL,
  text: string,
  options: { readonly durable?: boolean } = {},
): Promise<void> {
  await writePath(path, [new TextEncoder().encode(text)], options);
}
