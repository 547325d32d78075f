import process from "node:process";
import type { Magic } from "./magic.ts";
import { runCommand } from "./run-command.ts";

/** Packages are found by the next import, without a restart. */
export const npm: Magic = {
  name: "npm",
  summary: "run npm in the notebook's folder, as %npm install lodash",
  run: async ({ text, folder, body }) => {
    const words = text.split(/\s+/).filter((word) => word !== "");
    await runCommand({
      program: "npm",
      words,
      name: `npm ${words.join(" ")}`,
      cwd: folder,
      shell: process.platform === "win32",
    });
    return body();
  },
};
