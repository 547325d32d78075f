import { Session } from "node:inspector/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Descendants } from "./descendants.ts";
import type { StopWord } from "./stop-word.ts";
import { ask, askAgain, isOpen, withdraw } from "./stop-word.ts";

/** How long a free main thread may take to hear that it shall stop. */
const politeMs = 3;
/** How long a cell that waits may take for its `finally` blocks. */
const endingMs = 500;
/** How long native code may go on before the processes it may wait for are ended, one step at a time. */
const stepMs = 250;
const pokeMs = 25;

/** What the stopper needs of the main thread. */
export interface MainThread {
  readonly stop: StopWord;
  /** Sends a number to it. */
  readonly tell: (number: number) => void;
  readonly descendants: Descendants;
  /** Lets it go on where a debugger has paused it. */
  readonly release: () => Promise<void>;
}

/**
 * Stops what the main thread runs: asks, and breaks in only when nobody answers. A Stop that comes
 * while one is under way makes for one more when that is over.
 */
export class Stopper {
  readonly #main: MainThread;
  #isStopping = false;
  #again = false;
  #wake: () => void = () => undefined;

  constructor(main: MainThread) {
    this.#main = main;
  }

  /** A Stop was pressed. */
  async stop(): Promise<void> {
    this.#again = true;
    if (this.#isStopping) return;
    this.#isStopping = true;
    while (this.#again) {
      this.#again = false;
      await this.#untilSettled();
    }
    this.#isStopping = false;
  }

  /** The main thread heard or settled a question. */
  onAnswer(): void {
    this.#wake();
  }

  async #untilSettled(): Promise<void> {
    let number: number | undefined = ask(this.#main.stop);
    while (number !== undefined) {
      this.#main.tell(number);
      await this.#while("asked", number, politeMs);
      if (withdraw(this.#main.stop, number)) {
        await this.#breakIn();
        number = ask(this.#main.stop);
      } else {
        await this.#while("heard", number, endingMs);
        number = askAgain(this.#main.stop, number);
      }
    }
  }

  /** Waits until the main thread has gone on, or that long. */
  async #while(state: "asked" | "heard", number: number, ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (isOpen(this.#main.stop, number, state) && performance.now() < end)
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, end - performance.now());
        this.#wake = () => {
          clearTimeout(timer);
          wake();
        };
      });
  }

  /** Ends the code that the main thread is in; when that is native code, the processes it may wait for. */
  async #breakIn(): Promise<void> {
    await this.#main.release();
    let done = false;
    const ended = terminate().finally(() => (done = true));
    for (let waited = 0; !done; waited += pokeMs) {
      await Promise.race([ended, sleep(pokeMs)]);
      // The termination waits for code to end; a thread that became free meanwhile needs some.
      if (!done) this.#main.tell(0);
      if (!done && waited > 0 && waited % stepMs === 0) await this.#main.descendants.endNext();
    }
  }
}

async function terminate(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  try {
    await session.post("Runtime.terminateExecution");
  } catch {
    // What ran has ended by itself.
  } finally {
    // An inspector left connected makes process.exit wait for it.
    session.disconnect();
  }
}
