import { notebookNames } from "../notebook-names.ts";
import type { Magic } from "./magic.ts";

export const who: Magic = {
  name: "who",
  summary: "list the names that the cells declared, with their kinds",
  run: ({ body, print }) => {
    const names = notebookNames.own;
    const longest = Math.max(0, ...names.map((name) => name.length));
    const lines = names.map(
      (name) => `${name.padEnd(longest)}  ${kindOf(notebookNames.get(name))}\n`,
    );
    print(names.length === 0 ? "no cell has declared a name yet\n" : lines.join(""));
    return body();
  },
};

/** What a value is, without asking anything of it that could run code. */
function kindOf(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
