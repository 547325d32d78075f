import { magics } from "./all.ts";
import type { Magic } from "./magic.ts";

export const lsmagic: Magic = {
  name: "lsmagic",
  summary: "list the magics there are",
  run: ({ body, print }) => {
    const longest = Math.max(...magics.map(({ name }) => name.length));
    print(magics.map(({ name, summary }) => `%${name.padEnd(longest)}  ${summary}\n`).join(""));
    return body();
  },
};
