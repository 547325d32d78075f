import type { Magic } from "./magic.ts";

/** The server has answered a cell that is `%load file` and nothing else. */
export const load: Magic = {
  name: "load",
  summary: "put the text of a file into the cell: %load helper.ts",
  run: () => Promise.reject(new Error("%load FILE stands alone in its cell")),
};
