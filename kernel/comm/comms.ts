import { randomUUID } from "node:crypto";

/** A message on a comm, in either direction. */
export interface CommWire {
  readonly kind: "open" | "msg" | "close";
  readonly commId: string;
  readonly targetName?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** What came over a comm. */
export interface CommEvent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

type Handler = (event: CommEvent) => unknown;

export interface CommOptions {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
  /** Default: a new one. */
  readonly commId?: string;
}

/** One end of a channel between a notebook's code and a front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  readonly closed: boolean;
  send(data: Record<string, unknown>, options?: Omit<CommOptions, "commId">): void;
  /** The handler of what the front end sends; a second call replaces the first. */
  onMessage(handler: Handler): void;
  /** Called when the front end closes the comm. */
  onClose(handler: Handler): void;
  close(data?: Record<string, unknown>): void;
}

/** What is done with a comm that a front end opened. */
export type OnOpen = (comm: Comm, event: CommEvent) => unknown;

/** The comms of a notebook. */
export interface Comms {
  /**
   * Opens a comm to the front end's code registered as `target`.
   *
   * @example
   * const channel = comm.open("my-extension", { hello: 1 });
   * channel.onMessage(({ data }) => console.log(data));
   */
  readonly open: (target: string, data?: Record<string, unknown>, options?: CommOptions) => Comm;
  /** What happens when a front end opens a comm to `target`; an unknown target is closed at once. */
  readonly register: (target: string, onOpen: OnOpen) => void;
}

/** The comms, with the way in for messages of a front end. */
export interface CommHub extends Comms {
  receive(message: CommWire): unknown;
}

/** Makes the comms of a notebook; `send` carries messages to the front end. */
export function createComms(send: (message: CommWire) => void): CommHub {
  const open = new Map<string, CommEnd>();
  const targets = new Map<string, OnOpen>();
  const add = (id: string, target: string): CommEnd => {
    const end = new CommEnd(id, target, send, () => open.delete(id));
    open.set(id, end);
    return end;
  };
  const opened = (message: CommWire): unknown => {
    const onOpen = targets.get(message.targetName ?? "");
    if (onOpen === undefined) return send({ kind: "close", commId: message.commId, data: {} });
    return onOpen(add(message.commId, message.targetName ?? ""), eventOf(message));
  };
  return {
    open: (target, data = {}, { commId = randomUUID(), ...rest } = {}) => {
      const end = add(commId, target);
      send({ kind: "open", commId, targetName: target, data, ...rest });
      return end;
    },
    register: (target, onOpen) => void targets.set(target, onOpen),
    receive: (message) => {
      if (message.kind === "open") return opened(message);
      return open.get(message.commId)?.receive(message);
    },
  };
}

class CommEnd implements Comm {
  closed = false;
  #onMessage: Handler = () => undefined;
  #onClose: Handler = () => undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly post: (message: CommWire) => void,
    private readonly forget: () => void,
  ) {}

  send(data: Record<string, unknown>, options: Omit<CommOptions, "commId"> = {}): void {
    if (this.closed) throw new Error("this comm is closed; open a new one with comm.open");
    this.post({ kind: "msg", commId: this.id, data, ...options });
  }

  onMessage(handler: Handler): void {
    this.#onMessage = handler;
  }

  onClose(handler: Handler): void {
    this.#onClose = handler;
  }

  close(data: Record<string, unknown> = {}): void {
    if (this.closed) return;
    this.#end();
    this.post({ kind: "close", commId: this.id, data });
  }

  receive(message: CommWire): unknown {
    if (message.kind === "msg") return this.#onMessage(eventOf(message));
    this.#end();
    return this.#onClose(eventOf(message));
  }

  #end(): void {
    this.closed = true;
    this.forget();
  }
}

function eventOf({ data, metadata = {}, buffers = [] }: CommWire): CommEvent {
  return { data, metadata, buffers };
}
