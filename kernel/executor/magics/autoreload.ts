import { reloadFiles } from "../kernel-names.ts";
import { writeText } from "../streams.ts";
import type { Magic } from "./magic.ts";

let isOn = false;

export const autoreload: Magic = {
  name: "autoreload",
  summary:
    "before each cell, bring again what was imported from files edited since (%autoreload off ends it)",
  run: async ({ text, body }) => {
    isOn = !/^(?:off|0)$/.test(text.trim());
    await reloadEdited();
    return body();
  },
};

/** True when edited files are brought again before each cell. */
export function autoreloads(): boolean {
  return isOn;
}

/** Brings them again. A file that cannot be loaded as it is now leaves the names as they were. */
export async function reloadEdited(): Promise<void> {
  try {
    await reloadFiles();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    writeText("stderr", `%autoreload: what was imported before stays, since ${reason}\n`);
  }
}
