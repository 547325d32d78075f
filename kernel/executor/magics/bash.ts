import process from "node:process";
import type { Magic } from "./magic.ts";
import { runCommand } from "./run-command.ts";

export const bash: Magic = {
  name: "bash",
  summary: "run what stands below in the shell: %%bash",
  run: async ({ text, body }) => {
    await runCommand({ program: "bash", words: ["-c", text], name: "bash", cwd: process.cwd() });
    return body();
  },
};
