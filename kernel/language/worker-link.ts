import type { Answers, FromWorker, Question, ToWorker } from "./questions.ts";

/** A worker that holds a language service, wherever it runs. */
export interface LanguageThread {
  post(message: ToWorker): void;
  close(): Promise<void>;
}

export interface ThreadListener {
  readonly onMessage: (message: FromWorker) => void;
  /** The worker died, or could not start. */
  readonly onEnd: () => void;
}

/** How the worker of the language service is started. */
export interface LinkOptions {
  readonly start: (listener: ThreadListener) => LanguageThread;
  /** After so long a question has no answer; the start of the worker does not count. Default: 10,000 ms. */
  readonly timeoutMs?: number;
}

type Answer = Answers[keyof Answers] | undefined;

interface OpenQuestion {
  readonly settle: (answer: Answer) => void;
  limit?: ReturnType<typeof setTimeout>;
}

/** A worker and the questions it has not answered yet. */
export class WorkerLink {
  alive = true;
  isReady = false;
  readonly #worker: LanguageThread;
  readonly #timeoutMs: number;
  readonly #open = new Map<number, OpenQuestion>();
  #asked = 0;

  constructor({ start, timeoutMs = 10_000 }: LinkOptions) {
    this.#timeoutMs = timeoutMs;
    this.#worker = start({
      onMessage: (message) => this.#onMessage(message),
      onEnd: () => this.#end(),
    });
  }

  post(message: ToWorker): void {
    this.#worker.post(message);
  }

  /** Resolves to undefined when the worker is lost in the question, or dies. */
  ask<K extends keyof Answers>(question: Question & { type: K }): Promise<Answers[K] | undefined> {
    const id = (this.#asked += 1);
    return new Promise<Answers[K] | undefined>((resolve) => {
      const open: OpenQuestion = { settle: (answer) => resolve(answer as Answers[K] | undefined) };
      this.#open.set(id, open);
      if (this.isReady) this.#limit(open);
      this.post({ id, question });
    });
  }

  async close(): Promise<void> {
    this.#end();
    await this.#worker.close();
  }

  #onMessage(message: FromWorker): void {
    if ("ready" in message) this.#onReady();
    else this.#settle(message.id, "answer" in message ? message.answer : undefined);
  }

  /** A start may take long on a busy machine; only from now on a question may be too slow. */
  #onReady(): void {
    this.isReady = true;
    for (const open of this.#open.values()) this.#limit(open);
  }

  /** A worker that is lost in one question would keep all later ones waiting. */
  #limit(open: OpenQuestion): void {
    open.limit = setTimeout(() => void this.close(), this.#timeoutMs);
  }

  #settle(id: number, answer: Answer): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    clearTimeout(open?.limit);
    open?.settle(answer);
  }

  #end(): void {
    this.alive = false;
    this.isReady = false;
    for (const id of [...this.#open.keys()]) this.#settle(id, undefined);
  }
}
