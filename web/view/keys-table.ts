import { element } from "./element.ts";
import type { KeyAction } from "./keys.ts";

/** What each key does, as a table. */
export function keysTable(actions: readonly KeyAction[]): HTMLElement {
  const rows = actions.map(({ keys, words, inEditor }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, keys.join(" or ")),
      element("td", {}, words),
      element("td", { class: "note" }, inEditor ? "" : "outside the editor (Escape leaves it)"),
    ),
  );
  const more: [string, string][] = [
    ["Tab", "complete a name; after a blank, indent"],
    ["Shift+Tab", "what is known of the name at the cursor"],
    ["Escape, then Tab", "out of the editor, on to the next control"],
  ];
  const inEditor = more.map(([keys, words]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, keys),
      element("td", {}, words),
      element("td", { class: "note" }, "in the editor"),
    ),
  );
  return element("table", { class: "keys" }, element("tbody", {}, ...rows, ...inEditor));
}
