import type { GuardAnswer } from "../guard/messages.ts";
import { send } from "#kernel/channel";
import { cellNow } from "#kernel/context";
import { waitForAnswer } from "#kernel/mailbox";
import { flushStreams } from "./streams.ts";

/** Nobody can answer: the run has no user, or its front end takes no input. */
export class InputRefused extends Error {
  override readonly name = "InputRefused";
  constructor(reason: string) {
    super(`${reason}; set the value in the code, or run the notebook where input is possible`);
  }
}

/** Asks the user for a line. */
export interface Input {
  /**
   * Asks the user for a line of text below the cell.
   *
   * @example
   * const name = await input("Your name: ");
   */
  (prompt?: string): Promise<string>;
  /** Asks for a line that is not shown while it is typed. */
  password(prompt?: string): Promise<string>;
}

interface Waiting {
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let asked = 0;

/** The `input` of the cells. */
export function cellInput(): Input {
  const ask =
    (password: boolean) =>
    async (prompt = ""): Promise<string> =>
      new Promise((resolve, reject) => {
        waiting.set(request(prompt, { password }), { resolve, reject });
      });
  return Object.assign(ask(false), { password: ask(true) });
}

/** As in a browser: asks for a line and does not go on before it came. An empty line is the default. */
export function promptNow(message = "", byDefault = ""): string {
  const hint = byDefault === "" ? "" : ` [${byDefault}]`;
  const answer = askNow(`${message}${hint} `);
  return answer === "" ? byDefault : answer;
}

/** As in a browser: true for `y` or `yes`. */
export function confirmNow(message = ""): boolean {
  return /^\s*y(es)?\s*$/i.test(askNow(`${message} [y/N] `));
}

/** Hands an answer to the one who asked; an answer nobody waits for any more is dropped. */
export function onAnswer(answer: GuardAnswer): void {
  const asker = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.value !== undefined) asker?.resolve(answer.value);
  else asker?.reject(new InputRefused(answer.refused ?? "there was no answer"));
}

/** The cell was interrupted: what it asked for is not wanted any more. */
export function forgetInputs(): void {
  waiting.clear();
}

function askNow(prompt: string): string {
  const answer = waitForAnswer(() => request(prompt, { sync: true }));
  if (answer.value === undefined) throw new InputRefused(answer.refused ?? "there was no answer");
  return answer.value;
}

function request(prompt: string, how: { password?: boolean; sync?: boolean }): number {
  const id = (asked += 1);
  flushStreams();
  send({ type: "input", cell: cellNow(), id, prompt: String(prompt), ...how });
  return id;
}
