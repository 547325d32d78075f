import process from "node:process";
import { fileURLToPath } from "node:url";
import { startKernel } from "../../kernel/server/start.ts";
import { packageVersion } from "../package-version.ts";

/** Runs the kernel Jupyter asked for, until it is told to end. */
export async function runKernel(connectionFile: string): Promise<void> {
  await startKernel({
    connectionFile,
    version: packageVersion(),
    packagesFrom: fileURLToPath(import.meta.url),
  });
  process.exit(0);
}
