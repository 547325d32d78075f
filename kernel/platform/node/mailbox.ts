import { makeMailbox, takeAnswer } from "../../guard/mailbox.ts";
import type { GuardAnswer } from "../../guard/messages.ts";

/** Where the guard leaves answers for a thread that waits without returning. */
export const answerBox: SharedArrayBuffer = makeMailbox();

/** The answer to a question; the thread sleeps until it is there. */
export function waitForAnswer(ask: () => number): GuardAnswer {
  return takeAnswer(answerBox, ask());
}
