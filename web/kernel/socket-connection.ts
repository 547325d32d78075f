import type { ConnectionListener, KernelConnection } from "./connection.ts";
import type { Message, Notice } from "./message.ts";

/** The little of a WebSocket that is used, so that a test can stand in for it. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "close", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

export interface SocketOptions {
  /** Opens a socket; the kernel known so far and the last message heard say where to go on. */
  readonly open: (kernel: string, after: number) => Socket;
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
}

/** A kernel behind a WebSocket, which opens itself again when it is lost, after 0.25 s doubling to 5 s. */
export class SocketConnection implements KernelConnection {
  readonly #options: Required<SocketOptions>;
  #listener: ConnectionListener | undefined;
  #socket: Socket | undefined;
  #waiting: string[] = [];
  #kernel = "";
  #heard = 0;
  #delayMs: number;
  #isClosed = false;

  constructor(options: SocketOptions) {
    this.#options = { firstDelayMs: 250, longestDelayMs: 5000, ...options };
    this.#delayMs = this.#options.firstDelayMs;
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
    listener.onState("starting");
    this.#open();
  }

  send(message: Message): void {
    const text = JSON.stringify(message);
    if (this.#socket?.readyState === 1) this.#socket.send(text);
    else this.#waiting.push(text);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  #open(): void {
    const socket = this.#options.open(this.#kernel, this.#heard);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", ({ data }) =>
      this.#receive(JSON.parse(String(data)) as Message | Envelope),
    );
    socket.addEventListener("close", () => this.#lost());
  }

  #opened(socket: Socket): void {
    this.#delayMs = this.#options.firstDelayMs;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const text of waiting) socket.send(text);
    this.#listener?.onState("open");
  }

  #lost(): void {
    if (this.#isClosed) return;
    this.#listener?.onState("lost");
    setTimeout(() => {
      if (!this.#isClosed) this.#open();
    }, this.#delayMs);
    this.#delayMs = Math.min(2 * this.#delayMs, this.#options.longestDelayMs);
  }

  #receive(message: (Message & { number?: number }) | Envelope): void {
    if (message.channel === "lab") return this.#notice(message);
    if (message.number !== undefined) this.#heard = message.number;
    this.#listener?.onMessage(message);
  }

  #notice(notice: Envelope): void {
    if (notice.type === "hello") {
      if (notice.kernel !== this.#kernel) this.#heard = 0;
      this.#kernel = notice.kernel;
    }
    this.#listener?.onNotice(notice);
  }
}

type Envelope = Notice & { readonly channel: "lab" };
