import type { LookAnswer, LookQuestion } from "../executor/protocol.ts";
import type { Inspection } from "./language.ts";
import { valueQuestion } from "./value-question.ts";

type Look = (question: LookQuestion) => Promise<LookAnswer | undefined>;

/** What types say of the name at the end of `before`, with its value where they know nothing of it. */
export async function withValue(
  typed: Inspection,
  before: string,
  look: Look,
): Promise<Inspection> {
  const text = typed.bundle["text/plain"] ?? "";
  if (typed.found && !/: any$/m.test(text)) return typed;
  const value = await valueOf(before, look);
  if (value === undefined) return typed;
  const lines = typed.found ? [text, "", value] : [value];
  const { "text/markdown": markdown = text } = typed.bundle;
  const fenced = `\`\`\`\n${value}\n\`\`\``;
  return {
    found: true,
    bundle: {
      "text/plain": lines.join("\n"),
      "text/markdown": typed.found ? `${markdown}\n\n${fenced}` : fenced,
    },
  };
}

async function valueOf(before: string, look: Look): Promise<string | undefined> {
  // As if its members were asked for.
  const asked = valueQuestion(`${before}.`)?.question;
  if (asked?.root === undefined) return undefined;
  return (await look({ ...asked, names: "shown" }))?.names[0];
}
