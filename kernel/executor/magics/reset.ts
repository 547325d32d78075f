import { notebookNames } from "../notebook-names.ts";
import type { Magic } from "./magic.ts";

export const reset: Magic = {
  name: "reset",
  summary: "forget the names that the cells declared",
  run: ({ body, print }) => {
    const count = notebookNames.forget();
    print(`${count} ${count === 1 ? "name was" : "names were"} forgotten\n`);
    return body();
  },
};
