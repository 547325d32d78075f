import type { Magic } from "./magic.ts";

/** The server has checked the types before the cell came here. */
export const strict: Magic = {
  name: "strict",
  summary: "run the cell only if its types are right",
  run: ({ body }) => body(),
};
