import type { Magic } from "./magic.ts";

/** The magic that lists these, and itself. */
export function lsmagic(others: readonly Magic[]): Magic {
  const self: Magic = {
    name: "lsmagic",
    summary: "list the magics there are",
    run: ({ body, print }) => {
      const all = [...others, self].sort((a, b) => (a.name < b.name ? -1 : 1));
      const longest = Math.max(...all.map(({ name }) => name.length));
      print(all.map(({ name, summary }) => `%${name.padEnd(longest)}  ${summary}\n`).join(""));
      return body();
    },
  };
  return self;
}
