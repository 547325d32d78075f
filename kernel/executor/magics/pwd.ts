import process from "node:process";
import type { Magic } from "./magic.ts";

export const pwd: Magic = {
  name: "pwd",
  summary: "tell the folder of which files are read",
  run: ({ body, print }) => {
    print(`${process.cwd()}\n`);
    return body();
  },
};
