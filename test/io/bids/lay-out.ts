import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with files: empty, or of the texts given; gone when the test is over. */
export function layOut(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tsrsa-bids-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** Empty files by name. */
export function empty(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]));
}

export const rawDescription = JSON.stringify({ Name: "x", BIDSVersion: "1.10.0" });
export const derivedDescription = JSON.stringify({
  Name: "fMRIPrep",
  BIDSVersion: "1.10.0",
  DatasetType: "derivative",
});
