import { isObject } from "../json.ts";

/** What a check of an exercise found: `application/vnd.tsrsa.check+json`. */
export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly words: string;
}

/** A verdict from an output; undefined for anything else. */
export function readVerdict(value: unknown): Verdict | undefined {
  if (!isObject(value)) return undefined;
  const { name, passed, words } = value;
  if (typeof name !== "string" || typeof passed !== "boolean") return undefined;
  return { name, passed, words: typeof words === "string" ? words : "" };
}
