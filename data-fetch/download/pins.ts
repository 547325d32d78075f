import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataDir } from "../data-dir.ts";
import type { RemoteFile } from "../data-set.ts";

type Pins = Record<string, string>;

/** Files without a published hash are held to what came first. */
export async function checkPin(
  file: RemoteFile,
  { sha256 }: { sha256: string },
): Promise<{ kind: string; expected: string; found: string } | undefined> {
  if (file.sha256 !== undefined) return undefined;
  const expected = (await readPins())[file.url];
  if (expected === undefined || expected === sha256) return undefined;
  return { kind: "SHA-256 (that of the first download)", expected, found: sha256 };
}

/** Record the hash of a file that has none published. */
export async function pin(file: RemoteFile, { sha256 }: { sha256: string }): Promise<void> {
  if (file.sha256 !== undefined) return;
  const pins = await readPins();
  if (pins[file.url] !== undefined) return;
  const path = pinsPath();
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part-${process.pid}`;
  await writeFile(part, JSON.stringify({ ...pins, [file.url]: sha256 }, null, 2) + "\n");
  await rename(part, path);
}

async function readPins(): Promise<Pins> {
  const text = await readFile(pinsPath(), "utf8").catch(() => "{}");
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(text) as Record<string, unknown>).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    );
  } catch {
    return {};
  }
}

function pinsPath(): string {
  return join(dataDir(), "first-downloads.json");
}
