import { readdirSync } from "node:fs";
import type { Magic } from "./magic.ts";

export const ls: Magic = {
  name: "ls",
  summary: "list the files of a folder: %ls, or %ls data",
  run: ({ text, body, print }) => {
    const entries = readdirSync(text === "" ? "." : text, { withFileTypes: true });
    const names = entries
      .filter(({ name }) => !name.startsWith("."))
      .map((entry) => `${entry.name}${entry.isDirectory() ? "/" : ""}\n`);
    print(names.sort().join(""));
    return body();
  },
};
