import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  checkDataSet,
  dataDir,
  fetchDataSet,
  findDataSet,
  knownDataSets,
  locateData,
  type DataSet,
  type FileCheck,
  type FetchReport,
} from "../../data-fetch/index.ts";
import { forgetPins } from "../../data-fetch/download/pins.ts";
import { WorkFailed } from "../usage-error.ts";

interface ForMachines {
  readonly json?: true;
}

/** Print every data set. */
export function listData({ json }: ForMachines): void {
  const sets = knownDataSets();
  if (json === true) console.log(JSON.stringify(sets.map(toRow)));
  else console.log(sets.map(describe).join("\n\n"));
}

function toRow(set: DataSet) {
  const { name, title, licence, citation, usedBy, instructions } = set;
  return {
    name,
    title,
    licence,
    citation,
    usedBy,
    instructions,
    fetchable: isFetchable(set),
    bytes: bytesOf(set),
    demo: set.makeDemo !== undefined,
    folder: join(dataDir(), name),
    here: existsSync(join(dataDir(), name)),
  };
}

function describe(set: DataSet): string {
  const { name, title, licence, citation, usedBy, instructions } = set;
  const bytes = bytesOf(set);
  const size = bytes === undefined ? "" : ` (${megabytes(bytes)})`;
  return [
    name,
    `  ${title}`,
    `  licence: ${licence}`,
    `  cite: ${citation}`,
    ...(usedBy === undefined ? [] : [`  used by: ${usedBy}`]),
    `  real data: ${isFetchable(set) ? `tsrsa data fetch ${name}${size}` : instructions}`,
    `  demo data: ${set.makeDemo === undefined ? "none" : `tsrsa data demo ${name}`}`,
  ].join("\n");
}

function isFetchable({ files, listFiles }: DataSet): boolean {
  return files.length > 0 || listFiles !== undefined;
}

/** Undefined where the size of any file is not published. */
function bytesOf({ files }: DataSet): number | undefined {
  const sizes = files.map((file) => file.bytes);
  if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
  return sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
}

/** Fetch a data set and print its folder. */
export async function fetchData(
  name: string,
  { json, dryRun, to }: ForMachines & { dryRun?: true; to?: string },
): Promise<void> {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  const report = await fetchDataSet(findDataSet(name), {
    folder: to,
    dryRun,
    signal: interrupt.signal,
    onProgress: json === true ? false : undefined,
  });
  if (json === true) console.log(JSON.stringify(report));
  else if (dryRun === true) console.log(describePlan(report));
  else console.log(report.folder);
}

function describePlan({ folder, files }: FetchReport): string {
  const lines = files.map(({ path, url, bytes, there }) => {
    const size = bytes === undefined ? "size not published" : megabytes(bytes);
    return there ? `  ${path}: is there` : `  ${path}: ${size} from ${url}`;
  });
  return [`into ${folder}`, ...lines].join("\n");
}

/** Say of each file what is known of it; fails when one is wrong or missing. */
export async function verifyData(
  name: string,
  folder = join(dataDir(), name),
  { json }: ForMachines = {},
): Promise<void> {
  const files = await checkDataSet(findDataSet(name), folder);
  const faults = files.map(({ fault }) => fault).filter((fault) => fault !== "");
  if (json === true) console.log(JSON.stringify({ name, folder, faults, files }));
  else for (const file of files) console.log(`${file.path}: ${knowledge[file.state]}`);
  if (faults.length > 0)
    throw new WorkFailed(`${folder} is not complete:\n  ${faults.join("\n  ")}`);
  if (json !== true) console.log(`${folder} is complete`);
}

const knowledge: Readonly<Record<FileCheck["state"], string>> = {
  published: "right by its published hash",
  "first download": "right by the hash of its first download",
  present: "only present: nobody has told what it should be",
  wrong: "WRONG",
  missing: "MISSING",
};

/** Make the demo data and print their folder. */
export async function demoData(name: string, { json }: ForMachines = {}): Promise<void> {
  printFolder(name, (await locateData(name, "demo")).folder, json);
}

/** Print where the real data of a set are looked for. */
export function whereData(name: string, { json }: ForMachines = {}): void {
  printFolder(name, join(dataDir(), findDataSet(name).name), json);
}

function printFolder(name: string, folder: string, json: true | undefined): void {
  console.log(json === true ? JSON.stringify({ name, folder }) : folder);
}

/** Forget what the first downloads of a set's files were; its files stay. */
export async function forgetData(name: string, { json }: ForMachines = {}): Promise<void> {
  const { files } = findDataSet(name);
  const urls = files.flatMap(({ url, mirrors = [] }) => [url, ...mirrors]);
  const forgotten = await forgetPins(urls);
  if (json === true) console.log(JSON.stringify({ name, forgotten }));
  else console.log(forgotten.length === 0 ? `no hash of ${name} is kept` : forgotten.join("\n"));
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
