import { basename } from "node:path";
import { checkpointPath, saveNotebook } from "../checkpoints.ts";
import { keptInWords } from "./kept-in-words.ts";
import type { Magic } from "./magic.ts";

export const checkpoint: Magic = {
  name: "checkpoint",
  summary:
    "write the data of the notebook's names to a file, for %restore after a crash or a restart",
  run: async ({ text, folder, body, print }) => {
    const value = await body();
    const path = checkpointPath(folder, text);
    const kept = saveNotebook(path);
    print(keptInWords("kept", kept, `in ${basename(path)} (${inWords(kept.bytes)})`));
    return value;
  },
};

function inWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
