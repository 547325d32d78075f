import type { IncomingMessage } from "../messages/message.ts";
import type { ExecutorHost } from "./executor-host.ts";
import type { InputRequest } from "../session/executor.ts";
import type { Outlet } from "./outlet.ts";

interface Asked {
  readonly id: number;
  /** Whom the question went to; nobody else may answer it. */
  readonly identities: readonly Buffer[];
}

interface Question {
  readonly id: number;
  readonly prompt: string;
  readonly password: boolean;
  readonly request: IncomingMessage;
}

/** Carries the questions of a cell to the front end that runs it, and the answers back. */
export class Stdin {
  readonly #outlet: Outlet;
  readonly #host: ExecutorHost;
  #asked: Asked | undefined;
  #waiting: Question[] = [];

  constructor(outlet: Outlet, host: ExecutorHost) {
    this.#outlet = outlet;
    this.#host = host;
  }

  /** `request` is the cell that asks; undefined when its front end cannot be asked. */
  ask({ id, prompt, password }: InputRequest, request: IncomingMessage | undefined): void {
    if (request === undefined)
      return this.#host.running?.answer(id, {
        refused: "there is nobody to ask: no cell is running that its front end lets ask",
      });
    this.#waiting.push({ id, prompt, password: password === true, request });
    if (this.#asked === undefined) this.#askNext();
  }

  /** A front end shows one question at a time. */
  #askNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const { id, prompt, password, request } = next;
    this.#asked = { id, identities: request.identities };
    this.#outlet.reply("stdin", request, "input_request", { prompt, password });
  }

  answer(value: string, reply: IncomingMessage): void {
    const asked = this.#asked;
    if (asked === undefined || !sameIdentities(asked.identities, reply.identities)) return;
    this.#asked = undefined;
    this.#host.running?.answer(asked.id, { value });
    this.#askNext();
  }

  /** The cell ended: what it asked needs no answer any more. */
  forget(): void {
    this.#asked = undefined;
    this.#waiting = [];
  }
}

function sameIdentities(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((identity, i) => identity.equals(b[i]));
}
