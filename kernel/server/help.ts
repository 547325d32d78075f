import type { LookAnswer, LookQuestion } from "../executor/protocol.ts";
import type { Executor } from "../session/executor.ts";
import type { HelpRequest } from "./help-request.ts";
import type { LanguageService } from "./language.ts";
import { withValue } from "./value-help.ts";

type Help = Readonly<Record<string, string>>;

/** What is known of a name, with the source where two question marks ask for it. */
export async function helpAbout(
  { name, detail }: HelpRequest,
  language: LanguageService,
  executor: Executor | undefined,
): Promise<Help> {
  const typed = await language.inspect(name, [...name].length, detail);
  const look = async (question: LookQuestion): Promise<LookAnswer | undefined> =>
    executor?.look(question);
  const { found, bundle } = await withValue(typed, name, look);
  const help = found ? bundle : nothingKnown(name);
  if (detail === 0 || /^Source:$/m.test(help["text/plain"])) return help;
  // A package's types have no source; the function that runs has.
  const [root, ...steps] = name.split(".");
  const looked = await executor?.look({ root, steps, names: "source" });
  const source = looked?.names[0];
  return source === undefined ? help : withSource(help, source);
}

export function nothingKnown(name: string): Help {
  return { "text/plain": `nothing is known of ${name}` };
}

function withSource(help: Help, source: string): Help {
  const { "text/plain": text, "text/markdown": markdown = text } = help;
  return {
    "text/plain": `${text}\n\nSource:\n${source}`,
    "text/markdown": `${markdown}\n\n**Source**\n\n\`\`\`javascript\n${source}\n\`\`\``,
  };
}
