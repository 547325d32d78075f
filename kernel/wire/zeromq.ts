import { capability, Reply, Router, XPublisher } from "zeromq";
import type { Channel, IncomingMessage, OutgoingMessage } from "../messages/message.ts";
import type { Transport } from "../server/transport.ts";
import type { Connection, Port } from "./connection.ts";
import { addressOf } from "./connection.ts";
import { decodeMessage, encodeMessage } from "./encoding.ts";
import { RefusedMessage } from "./framing.ts";
import { LosslessPublisher } from "./lossless-publisher.ts";
import { RefusalLog } from "./refusals.ts";
import { Signer } from "./signer.ts";

/** Called with each message whose signature and form are right. */
export type Receiver = (channel: Channel, message: IncomingMessage) => void;

const largestFrame = 128 * 2 ** 20;
const lingerMs = 1000;
/** The first byte of a subscription. */
const subscribed = 1;
/** How long a front end may take to connect the socket on which it is asked. */
const connectMs = 5000;

/** Listens on the five sockets of a kernel. `onSubscribe` is called with each topic a front end subscribes to. */
export async function listen(
  connection: Connection,
  receive: Receiver,
  onSubscribe: (topic: Buffer) => void = () => undefined,
): Promise<Transport> {
  const transport = new ZmqTransport(connection);
  try {
    await transport.bind(receive, onSubscribe);
  } catch (error) {
    await transport.close();
    throw error;
  }
  return transport;
}

class ZmqTransport implements Transport {
  readonly #connection: Connection;
  readonly #signer: Signer;
  readonly #refusals = new RefusalLog();
  readonly #routers: Record<"shell" | "control" | "stdin", Router>;
  readonly #iopub: XPublisher;
  readonly #publisher: LosslessPublisher;
  readonly #heartbeat: Reply;
  /** A socket sends one message at a time. */
  readonly #sending = new Map<Channel, Promise<void>>();
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#signer = new Signer(connection.signature_scheme, connection.key);
    const security = securityOf(connection);
    this.#routers = {
      shell: router(security),
      control: router(security),
      stdin: router({ ...security, mandatory: true }),
    };
    this.#iopub = new XPublisher({ ...security, linger: lingerMs, maxMessageSize: largestFrame });
    // Each subscription is told, also the second of a topic.
    this.#iopub.verbosity = "allSubs";
    this.#publisher = new LosslessPublisher(this.#iopub);
    this.#heartbeat = new Reply({ ...security, linger: 0, maxMessageSize: 65_536 });
  }

  async bind(receive: Receiver, onSubscribe: (topic: Buffer) => void): Promise<void> {
    const at = (port: Port): string => addressOf(this.#connection, port);
    // A socket is not read before it is bound: ZeroMQ binds on another thread, and a front end that subscribes
    // meanwhile would have both threads at one socket.
    await this.#iopub.bind(at("iopub"));
    void this.#hearSubscriptions(onSubscribe);
    await this.#heartbeat.bind(at("hb"));
    void this.#echo();
    for (const channel of ["control", "stdin", "shell"] as const) {
      await this.#routers[channel].bind(at(channel));
      void this.#listen(channel, receive);
    }
  }

  async send(channel: Channel, message: OutgoingMessage): Promise<void> {
    const frames = encodeMessage(message, this.#signer);
    const before = this.#sending.get(channel) ?? Promise.resolve();
    const sent = before.then(async () => {
      if (this.#closed) return;
      if (channel === "stdin") await this.#ask(frames);
      else await (channel === "iopub" ? this.#publisher : this.#routers[channel]).send(frames);
    });
    this.#sending.set(
      channel,
      sent.catch(() => undefined),
    );
    return sent;
  }

  /**
   * A question goes to a socket that the front end has not spoken on: it may still be connecting, and ZeroMQ would drop
   * the message in silence.
   */
  async #ask(frames: Buffer[]): Promise<void> {
    const until = Date.now() + connectMs;
    for (;;) {
      try {
        await this.#routers.stdin.send(frames);
        return;
      } catch (error) {
        const isAway = (error as NodeJS.ErrnoException).code === "EHOSTUNREACH";
        if (this.#closed || !isAway || Date.now() > until) return;
        await new Promise((resume) => setTimeout(resume, 20));
      }
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    const enough = new Promise<void>((resolve) => setTimeout(resolve, lingerMs).unref());
    await Promise.race([Promise.all(this.#sending.values()), enough]);
    this.#closed = true;
    // A socket that is open when the process exits makes it abort.
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat])
      socket.close();
  }

  async #listen(channel: "shell" | "control" | "stdin", receive: Receiver): Promise<void> {
    for await (const frames of this.#received(channel, this.#routers[channel]))
      this.#take(channel, frames, receive);
  }

  async #hearSubscriptions(onSubscribe: (topic: Buffer) => void): Promise<void> {
    for await (const [frame] of this.#received("iopub", this.#iopub))
      if (frame?.[0] === subscribed) onSubscribe(frame.subarray(1));
  }

  /** What comes on a socket until it is closed; what cannot be read is told and left out. */
  async *#received(channel: Channel, socket: Router | XPublisher): AsyncGenerator<Buffer[]> {
    while (!this.#closed) {
      try {
        yield await socket.receive();
      } catch (error) {
        if (this.#closed) return;
        this.#refusals.add(channel, (error as Error).message);
        // A socket that fails at once each time must leave the other sockets their turn.
        await new Promise((resume) => setImmediate(resume));
      }
    }
  }

  #take(channel: Channel, frames: Buffer[], receive: Receiver): void {
    try {
      receive(channel, decodeMessage(frames, this.#signer));
    } catch (error) {
      if (!(error instanceof RefusedMessage)) throw error;
      this.#refusals.add(channel, error.message);
    }
  }

  async #echo(): Promise<void> {
    try {
      for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }
}

/** What the sockets need for the machine's second loopback, and where the connection file has keys. */
interface Security {
  readonly ipv6?: boolean;
  readonly curveServer?: boolean;
  readonly curveSecretKey?: string;
}

function securityOf({ ip, curve_secretkey: curveSecretKey }: Connection): Security {
  if (curveSecretKey !== undefined && !capability.curve)
    throw new Error(
      "the connection file has CurveZMQ keys, which this build of ZeroMQ cannot use; have Jupyter write one without",
    );
  return {
    ...(ip.includes(":") ? { ipv6: true } : {}),
    ...(curveSecretKey === undefined ? {} : { curveServer: true, curveSecretKey }),
  };
}

function router(options: Security & { mandatory?: boolean }): Router {
  return new Router({
    ...options,
    linger: lingerMs,
    maxMessageSize: largestFrame,
    // A reply is never dropped; a request waits in the client until there is room here.
    sendHighWaterMark: 0,
  });
}
