import type { LanguageService } from "../server/language.ts";
import type { Answers, Question, ToWorker } from "./questions.ts";
import type { LinkOptions } from "./worker-link.ts";
import { WorkerLink } from "./worker-link.ts";

/** So many different cells are told again to a worker that takes the place of one that died. */
const mostCells = 2000;

/**
 * The language service of a notebook. Its worker thread starts with the first question, or before when it is warmed
 * up; cells told before that are kept for it. A worker that dies is started anew by the next question.
 */
export function languageService(options: LinkOptions): LanguageService {
  const ran = new Set<string>();
  let link: WorkerLink | undefined;
  const worker = (): WorkerLink => {
    if (link?.alive !== true) {
      link = new WorkerLink(options);
      for (const code of ran) link.post({ ran: code });
    }
    return link;
  };
  const tell = (message: ToWorker): void => {
    if (link?.alive === true) link.post(message);
  };
  const ask = <K extends keyof Answers>(
    question: Question & { type: K },
  ): Promise<Answers[K] | undefined> => worker().ask<K>(question);
  return {
    get isReady() {
      return link?.isReady === true;
    },
    warmUp: () => void worker(),
    complete: async (code, cursor) =>
      (await ask({ type: "complete", code, cursor })) ?? {
        matches: [],
        kinds: [],
        cursorStart: cursor,
        cursorEnd: cursor,
      },
    inspect: async (code, cursor, detail) =>
      (await ask({ type: "inspect", code, cursor, detail })) ?? { found: false, bundle: {} },
    diagnose: (code) => ask({ type: "diagnose", code }),
    cellExecuted: (code) => {
      remember(ran, code);
      tell({ ran: code });
    },
    reset: () => {
      ran.clear();
      tell({ reset: true });
    },
    close: async () => {
      await link?.close();
      link = undefined;
    },
  };
}

/** A cell that ran again counts once, and as the newest. */
function remember(ran: Set<string>, code: string): void {
  ran.delete(code);
  ran.add(code);
  for (const oldest of ran) {
    if (ran.size <= mostCells) return;
    ran.delete(oldest);
  }
}
