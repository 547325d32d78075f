import { basename } from "node:path";
import { CheckpointError } from "../../checkpoint/nodes.ts";
import { checkpointPath, restoreNotebook } from "../checkpoints.ts";
import { keptInWords } from "./kept-in-words.ts";
import type { Magic } from "./magic.ts";

export const restore: Magic = {
  name: "restore",
  summary: "bring back what %checkpoint wrote",
  run: async ({ text, folder, body, print }) => {
    const path = checkpointPath(folder, text);
    const kept = await restoreNotebook(path).catch((error: unknown) => {
      throw explained(error, basename(path));
    });
    print(keptInWords("brought back", kept, `from ${basename(path)}`));
    return body();
  },
};

function explained(error: unknown, file: string): unknown {
  if (error instanceof CheckpointError)
    return new CheckpointError(`${file} was not restored: ${error.message}`);
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
  return new CheckpointError(`there is no ${file}; a cell that begins with %checkpoint writes one`);
}
