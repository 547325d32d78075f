import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Magic } from "./magic.ts";

/** Imports stay those of the notebook's folder. */
export const cd: Magic = {
  name: "cd",
  summary: "go to a folder, of which files are read and programs run: %cd data",
  run: ({ text, body, print }) => {
    const folder = text.replace(/^(["'])(.*)\1$/, "$2");
    process.chdir(
      folder === "" ? homedir() : folder.replace(/^~(?=$|[\\/])/, () => join(homedir())),
    );
    print(`${process.cwd()}\n`);
    return body();
  },
};
