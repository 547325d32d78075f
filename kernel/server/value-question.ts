import type { LookQuestion } from "../executor/protocol.ts";

/** What stands before the cursor, as far as values can tell what may follow. */
export interface ValueQuestion {
  readonly question: LookQuestion;
  /** The text that a match replaces, up to the cursor. */
  readonly typed: string;
}

const word = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const step = String.raw`\s*\??\.\s*${word}|\??\.?\[\s*(?:\d+|"[^"\\\n]*"|'[^'\\\n]*')\s*\]`;
const path = String.raw`(?<![\p{ID_Continue}$.)\]}"'\x60])(?<root>${word})(?<steps>(?:${step})*)`;
const member = new RegExp(String.raw`${path}\s*\??\.\s*(?<typed>(?:${word})?)$`, "u");
const key = new RegExp(
  String.raw`${path}(?<bracket>\s*\??\.?\[|\s*\((?:[^()"'\x60]|"[^"]*"|'[^']*')*\(?)\s*\[?\s*["'\x60](?<typed>[^"'\x60\n]*)$`,
  "u",
);
const name = new RegExp(String.raw`(?<![\p{ID_Continue}$."'\x60/])${word}$`, "u");
const steps = new RegExp(String.raw`\.\s*(${word})|\[\s*(?:(\d+)|"([^"]*)"|'([^']*)')\s*\]`, "gu");

/** What to ask the values for at the end of a text; undefined where they know nothing. */
export function valueQuestion(before: string): ValueQuestion | undefined {
  const text = before.slice(-500);
  const asMember = member.exec(text)?.groups;
  if (asMember !== undefined) return questionOf(asMember, "members");
  const asKey = key.exec(text)?.groups;
  if (asKey === undefined) return nameQuestion(text);
  if (asKey.bracket.includes("[")) return questionOf(asKey, "members");
  // In a call the names are those of what the method belongs to.
  const whole = questionOf(asKey, "keys");
  return { ...whole, question: { ...whole.question, steps: whole.question.steps.slice(0, -1) } };
}

/** The beginning of a name that follows nothing. */
function nameQuestion(text: string): ValueQuestion | undefined {
  const typed = name.exec(text)?.[0];
  return typed === undefined ? undefined : { question: { steps: [], names: "members" }, typed };
}

function questionOf(groups: Record<string, string>, names: LookQuestion["names"]): ValueQuestion {
  const found = [...groups.steps.matchAll(steps)].map(
    ([, name, index, double, single]) => name ?? index ?? double ?? single,
  );
  return { question: { root: groups.root, steps: found, names }, typed: groups.typed };
}
