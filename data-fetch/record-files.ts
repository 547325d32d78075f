import { stat } from "node:fs/promises";
import { displayHook } from "../src/core/display.ts";
import { sha256Of } from "./verify.ts";

const dataMime = "application/vnd.tsrsa.data+json";

/** Tell a headless run, when it asks, which data files were used, with their size and SHA-256. */
export async function recordFiles(paths: readonly string[]): Promise<void> {
  const hook = displayHook();
  if (hook?.wants?.includes(dataMime) !== true) return;
  for (const path of paths) {
    const [{ size }, sha256] = [await stat(path), await sha256Of(path)];
    hook.display({ [dataMime]: { path, bytes: size, sha256 } });
  }
}
