import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeText } from "../../src/core/write-text.ts";
import { dataDir } from "../data-dir.ts";
import type { RemoteFile } from "../data-set.ts";
import { withLock } from "./lock.ts";

type Pins = Readonly<Record<string, string>>;

/** The hash that a file without a published one had when it first came. */
export async function pinOf({ url }: Pick<RemoteFile, "url">): Promise<string | undefined> {
  return (await readPins()).get(url);
}

/** Files without a published hash are held to what came first. */
export async function checkPin(
  file: RemoteFile,
  { sha256 }: { sha256: string },
): Promise<{ kind: string; expected: string; found: string } | undefined> {
  if (file.sha256 !== undefined) return undefined;
  const expected = await pinOf(file);
  if (expected === undefined || expected === sha256) return undefined;
  return { kind: "SHA-256 (that of the first download)", expected, found: sha256 };
}

/** Record the hash of a file that has none published. */
export async function pin(file: RemoteFile, { sha256 }: { sha256: string }): Promise<void> {
  if (file.sha256 !== undefined) return;
  await change((pins) => (pins.has(file.url) ? pins : new Map([...pins, [file.url, sha256]])));
}

/** Forget what the first downloads of these addresses were; returns the addresses that were known. */
export async function forgetPins(urls: readonly string[]): Promise<string[]> {
  const known = await readPins();
  const forgotten = urls.filter((url) => known.has(url));
  if (forgotten.length === 0) return [];
  await change((pins) => new Map([...pins].filter(([url]) => !urls.includes(url))));
  return forgotten;
}

/** One process at a time reads, changes and writes. */
async function change(
  to: (pins: ReadonlyMap<string, string>) => ReadonlyMap<string, string>,
): Promise<void> {
  await withLock(pinsPath(), async (lock) => {
    const before = await readPins();
    const after = to(before);
    await lock.check();
    if (after !== before)
      await writeText(pinsPath(), JSON.stringify(Object.fromEntries(after), null, 2) + "\n");
  });
}

async function readPins(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(pinsPath(), "utf8").catch(() => "{}");
  try {
    const entries = Object.entries(JSON.parse(text) as Pins);
    return new Map(entries.filter(([, hash]) => typeof hash === "string"));
  } catch {
    return new Map();
  }
}

function pinsPath(): string {
  return join(dataDir(), "first-downloads.json");
}
