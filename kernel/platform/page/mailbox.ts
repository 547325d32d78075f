import { takeAnswerNow } from "../../guard/mailbox.ts";
import type { GuardAnswer } from "../../guard/messages.ts";
import { isAskedToStop } from "./stop-flag.ts";

let box: SharedArrayBuffer | undefined;

/** Gives the memory in which the kernel's worker leaves answers, where the browser shares any. */
export function giveMailbox(shared: SharedArrayBuffer | undefined): void {
  box = shared;
}

/** The answer to a question; the thread sleeps until it is there. */
export function waitForAnswer(ask: () => number): GuardAnswer {
  if (box === undefined)
    return { id: 0, refused: "this page cannot make a cell sleep; write await input(…) instead" };
  const id = ask();
  for (;;) {
    const answer = takeAnswerNow(box, id, 100);
    if (answer !== undefined) return answer;
    if (isAskedToStop()) return { id, refused: "the cell was interrupted" };
  }
}
