import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The cases of one reference file of this folder, of the shape the test says they have. */
export function readCases<T>(name: string): readonly T[] {
  return readFile<{ cases: T[] }>(name).cases;
}

/** The whole of one reference file. */
export function readFile<T>(name: string): T {
  const bytes = readFileSync(new URL(`${name}.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(bytes).toString("utf8")) as T;
}
