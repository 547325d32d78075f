import { spawn } from "node:child_process";
import type { Magic } from "./magic.ts";

/** Packages are found by the next import, without a restart. */
export const npm: Magic = {
  name: "npm",
  summary: "run npm in the notebook's folder, as %npm install lodash",
  run: async ({ text, folder, body }) => {
    const words = text
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    await new Promise<void>((done, fail) => {
      const child = spawn("npm", words, {
        cwd: folder,
        stdio: ["ignore", "inherit", "inherit"],
        shell: globalThis.process.platform === "win32",
      });
      child.once("error", fail);
      child.once("exit", (code) =>
        code === 0 ? done() : fail(new Error(`npm ${words.join(" ")} ended with code ${code}`)),
      );
    });
    return body();
  },
};
