import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { onStop } from "../run/on-stop.ts";
import { UsageError } from "../usage-error.ts";
import { openBrowser } from "./open-browser.ts";
import type { Lab } from "./server.ts";
import { startLab } from "./server.ts";

export interface LabOptions {
  /** Default: 8765, or a free one when that is taken. */
  readonly port?: number;
  readonly open: boolean;
}

const usualPort = 8765;

/** Serves a folder of notebooks until it is stopped. */
export async function labCommand(given: string, { port, open }: LabOptions): Promise<void> {
  const { folder, query } = whatToOpen(given);
  const lab = await startOn(folder, port);
  const address = lab.address(query);
  console.log(`the notebooks of ${folder} are at\n\n  ${address}\n`);
  console.log("The address works once; Enter prints another. Ctrl-C ends the lab and its kernels.");
  if (open) openBrowser(address);
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => console.log(`\n  ${lab.address(query)}\n`));
  await new Promise<void>((end) => {
    onStop((again) => (again ? process.exit(1) : end()));
  });
  lines.close();
  process.stdin.destroy();
  await lab.close();
}

/** A folder, or one notebook of it. */
function whatToOpen(given: string): { folder: string; query: string } {
  const path = resolve(given);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no folder ${given}`);
  if (found.isDirectory()) return { folder: path, query: "" };
  if (!/\.(ts|ipynb)$/.test(path))
    throw new UsageError(`${given} is neither a folder nor a notebook (.ipynb, .ts)`);
  return { folder: dirname(path), query: `&path=${encodeURIComponent(basename(path))}` };
}

async function startOn(folder: string, port: number | undefined): Promise<Lab> {
  try {
    return await startLab(folder, { port: port ?? usualPort });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    if (port !== undefined)
      throw new UsageError(`port ${port} is taken; leave out --port to get a free one`);
    return startLab(folder);
  }
}
