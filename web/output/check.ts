import { element } from "../view/element.ts";
import { readVerdict } from "./verdict.ts";

/** A verdict in words, with its sign. */
export function renderCheck(value: unknown): HTMLElement | undefined {
  const verdict = readVerdict(value);
  if (verdict === undefined) return undefined;
  const { passed, words } = verdict;
  return element(
    "p",
    { class: passed ? "check passed" : "check failed", role: "status" },
    element("b", { "aria-label": passed ? "right" : "not yet" }, passed ? "✓" : "✗"),
    ` ${words}`,
  );
}
