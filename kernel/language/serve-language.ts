import { cellLanguage } from "./cell-language.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./questions.ts";

const quietMs = 100;

/** Answers what a worker is told, by the language service of one notebook; `say` hears that it is ready, and each answer. */
export function serveLanguage(
  settings: WorkerSettings,
  say: (message: FromWorker) => void,
): (message: ToWorker) => void {
  const language = cellLanguage(settings);
  // Reads the libraries now, while nobody waits.
  language.answer({ type: "complete", code: "Math.", cursor: 5 });
  say({ ready: true });
  const answer = ({ id, question }: Extract<ToWorker, { id: number }>): FromWorker => {
    try {
      return { id, answer: language.answer(question) };
    } catch (error) {
      return { id, failure: String(error) };
    }
  };
  let refresh: ReturnType<typeof setTimeout> | undefined;
  return (message) => {
    if ("ran" in message) language.cellExecuted(message.ran);
    else if ("reset" in message) language.reset();
    else say(answer(message));
    clearTimeout(refresh);
    // The types of the cells that ran are read before somebody asks.
    refresh = setTimeout(() => language.refresh(), quietMs);
  };
}
