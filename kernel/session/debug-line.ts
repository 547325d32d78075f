import type { DebugEvent, DebugMessage, DebugRequest, DebugResponse } from "../debugger/dap.ts";

/** Requests to the debugger that have no response yet; each front end counts its own. */
export class DebugLine {
  readonly #send: (request: DebugRequest) => void;
  readonly #onEvent: (event: DebugEvent) => void;
  readonly #open = new Map<number, (response: DebugResponse) => void>();
  #asked = 0;

  constructor(send: (request: DebugRequest) => void, onEvent: (event: DebugEvent) => void) {
    this.#send = send;
    this.#onEvent = onEvent;
  }

  ask(request: DebugRequest): Promise<DebugResponse> {
    const seq = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#open.set(seq, (response) => resolve({ ...response, request_seq: request.seq }));
      this.#send({ ...request, seq });
    });
  }

  hear(message: DebugMessage): void {
    if (message.type === "event") return this.#onEvent(message);
    this.#open.get(message.request_seq)?.(message);
    this.#open.delete(message.request_seq);
  }

  /** The process ended: nobody answers any more. */
  end(): void {
    for (const seq of [...this.#open.keys()])
      this.hear({
        type: "response",
        request_seq: seq,
        command: "",
        success: false,
        message: "the process of the cells has ended",
      });
  }
}
