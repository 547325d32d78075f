import { join } from "node:path";
import { dataDir, dataSets, findDataSet, findFaults, locateData } from "../../data-fetch/index.ts";
import { WorkFailed } from "../usage-error.ts";

/** Print every data set. */
export function listData({ json }: { json?: true }): void {
  if (json === true) {
    console.log(
      JSON.stringify(
        dataSets.map(({ name, title, licence, citation, files }) => ({
          name,
          title,
          licence,
          citation,
          bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        })),
      ),
    );
    return;
  }
  for (const { name, title, licence, citation, files, instructions } of dataSets) {
    console.log(
      `${name}\n  ${title}\n  licence: ${licence}\n  cite: ${citation}\n  real data: ${files.length > 0 ? `tsrsa data fetch ${name}` : instructions}\n`,
    );
  }
}

/** Fetch a data set and print its folder. */
export async function fetchData(name: string): Promise<void> {
  const set = findDataSet(name);
  if (set.files.length === 0)
    throw new WorkFailed(`${name} cannot be fetched automatically: ${set.instructions}`);
  console.log((await locateData(name, "real")).folder);
}

/** Say what a folder lacks; fails when it lacks anything. */
export async function verifyData(name: string, folder = join(dataDir(), name)): Promise<void> {
  const faults = await findFaults(findDataSet(name), folder);
  if (faults.length > 0)
    throw new WorkFailed(`${folder} is not complete:\n  ${faults.join("\n  ")}`);
  console.log(`${folder} is complete`);
}

/** Make the demo data and print their folder. */
export async function demoData(name: string): Promise<void> {
  console.log((await locateData(name, "demo")).folder);
}

/** Print where the real data of a set are looked for. */
export function whereData(name: string): void {
  console.log(join(dataDir(), findDataSet(name).name));
}
