import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { LanguageService } from "../server/language.ts";
import type { Answers, FromWorker, Question, ToWorker, WorkerSettings } from "./questions.ts";

/** How the language service of a notebook is started. */
export interface LanguageOptions {
  /** Folder of the notebook: relative imports and packages are looked for from here. */
  readonly cwd: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
  /** After so long a question has an empty answer. Default: 10,000 ms. */
  readonly timeoutMs?: number;
}

const heapLimitMb = 2048;

/**
 * The language service of a notebook. Its worker thread starts with the first question; cells told before
 * that are kept for it. A worker that dies is started anew by the next question.
 */
export function startLanguageService(options: LanguageOptions): LanguageService {
  const ran: string[] = [];
  let link: WorkerLink | undefined;
  const worker = (): WorkerLink => {
    if (link?.alive !== true) {
      link = new WorkerLink(options);
      for (const code of ran) link.post({ ran: code });
    }
    return link;
  };
  const ask = <K extends keyof Answers>(question: Question & { type: K }, none: Answers[K]) =>
    worker().ask(question, none);
  return {
    complete: (code, cursor) => {
      const none = { matches: [], kinds: [], cursorStart: cursor, cursorEnd: cursor };
      return ask({ type: "complete", code, cursor }, none);
    },
    inspect: (code, cursor, detail) =>
      ask({ type: "inspect", code, cursor, detail }, { found: false, bundle: {} }),
    diagnose: (code) => ask({ type: "diagnose", code }, []),
    cellExecuted: (code) => {
      ran.push(code);
      if (link?.alive === true) link.post({ ran: code });
    },
    reset: () => {
      ran.length = 0;
      if (link?.alive === true) link.post({ reset: true });
    },
    close: async () => {
      await link?.close();
      link = undefined;
    },
  };
}

/** A worker and the questions it has not answered yet. */
class WorkerLink {
  alive = true;
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #open = new Map<number, (answer: Answers[keyof Answers] | undefined) => void>();
  #asked = 0;

  constructor({ cwd, packagesFrom, timeoutMs = 10_000 }: LanguageOptions) {
    this.#timeoutMs = timeoutMs;
    this.#worker = new Worker(workerEntry(), {
      workerData: { folder: cwd, packagesFrom } satisfies WorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on("message", (message: FromWorker) =>
      this.#settle(message.id, "answer" in message ? message.answer : undefined),
    );
    this.#worker.on("error", () => undefined);
    this.#worker.on("exit", () => this.#end());
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  async ask<K extends keyof Answers>(
    question: Question & { type: K },
    none: Answers[K],
  ): Promise<Answers[K]> {
    const id = (this.#asked += 1);
    const answer = new Promise<Answers[keyof Answers] | undefined>((resolve) => {
      this.#open.set(id, resolve);
      // A worker that is lost in one question would keep all later ones waiting.
      const timer = setTimeout(() => void this.close(), this.#timeoutMs);
      this.#open.set(id, (found) => {
        clearTimeout(timer);
        resolve(found);
      });
    });
    this.post({ id, question });
    return ((await answer) as Answers[K] | undefined) ?? none;
  }

  async close(): Promise<void> {
    this.#end();
    await this.#worker.terminate();
  }

  #settle(id: number, answer: Answers[keyof Answers] | undefined): void {
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    resolve?.(answer);
  }

  #end(): void {
    this.alive = false;
    for (const id of [...this.#open.keys()]) this.#settle(id, undefined);
  }
}

/** The built entry: Node runs JavaScript only, also when this file runs from source in a test. */
function workerEntry(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fromSource ? "../../dist/kernel/language/worker.js" : "./worker.js";
  return fileURLToPath(new URL(path, import.meta.url));
}
