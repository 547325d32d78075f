/** A thread of another core, the same in Node and in a browser. */
export interface Thread {
  post(message: unknown): void;
  /** Whether the thread keeps the process alive; a new thread does not. */
  hold(alive: boolean): void;
  stop(): void;
}

/** What a thread tells its starter. */
export interface ThreadEvents {
  readonly onMessage: (message: unknown) => void;
  /** Called once, when the thread has died or could not be started. */
  readonly onDeath: (cause: Error) => void;
}

/** Threads of a platform: what `#platform/threads` exports. */
export interface Threads {
  /** Start a thread from the text of a classic script. */
  readonly startThread: (script: string, events: ThreadEvents) => Thread;
  /** Number of threads that can run at once. */
  readonly threadCount: () => number;
  /** Let timers, messages and signals have their turn. */
  readonly nextTurn: () => Promise<void>;
}
