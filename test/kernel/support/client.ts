import { createHmac, randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { curveKeyPair, Dealer, Request, Subscriber } from "zeromq";
import type { Connection, Port } from "../../../kernel/wire/connection.ts";
import { addressOf, writeConnection } from "../../../kernel/wire/connection.ts";

export interface Message {
  readonly channel: string;
  readonly header: Record<string, unknown> & { msg_id: string; msg_type: string };
  readonly parent: { msg_id?: string };
  readonly metadata: Record<string, unknown>;
  readonly content: Record<string, unknown>;
  readonly buffers: readonly Buffer[];
}

/** All that a request brought: its reply, and what was published for it, in order. */
export interface Answer {
  readonly reply: Message;
  readonly published: readonly Message[];
}

type Sender = "shell" | "control" | "stdin";

const delimiter = "<IDS|MSG>";
const root = join(import.meta.dirname, "../../..");

/** A front end for tests: starts a kernel as Jupyter does, and speaks to it over ZeroMQ. */
export class TestClient {
  readonly folder = mkdtempSync(join(tmpdir(), "kernel-"));
  readonly connection: Connection;
  readonly session = randomUUID();
  readonly published: Message[] = [];
  readonly received: Message[] = [];
  readonly sockets: Record<Sender, Dealer>;
  readonly heartbeat: Request;
  exitCode: Promise<number | null> = Promise.resolve(null);
  stderr = "";
  #child: ChildProcess | undefined;
  readonly #iopub: Subscriber;
  #waiting: (() => void)[] = [];

  private constructor(connection: Connection) {
    this.connection = connection;
    const options = { linger: 0, ...securityOf(connection) };
    this.heartbeat = new Request(options);
    this.#iopub = new Subscriber({ ...options, receiveHighWaterMark: 1000 });
    const dealer = (): Dealer => new Dealer({ ...options, routingId: this.session });
    this.sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
  }

  /** Starts a kernel; `change` is what its connection file has different. */
  static async start(
    change: Partial<Connection> = {},
    { seconds = 20, env = {} }: { seconds?: number; env?: Record<string, string> } = {},
  ): Promise<TestClient> {
    const connection = { ...(await freeConnection()), ...change };
    const client = new TestClient(connection);
    await client.#launch(seconds, env).catch(async (error: unknown) => {
      await client.close();
      throw error;
    });
    return client;
  }

  /** The arguments of Node that run a kernel. */
  launchArguments(connectionFile: string): string[] {
    return [join(root, "dist/cli/kernel/main.js"), "--connection", connectionFile];
  }

  /** Writes a connection file for another kernel; returns its path. */
  async otherConnection(): Promise<string> {
    const file = join(this.folder, "other.json");
    writeConnection(file, await freeConnection());
    return file;
  }

  get pid(): number {
    return this.#child?.pid ?? -1;
  }

  async #launch(seconds: number, env: Record<string, string>): Promise<void> {
    const file = join(this.folder, "connection.json");
    writeConnection(file, this.connection);
    const child = spawn(process.execPath, this.launchArguments(file), {
      cwd: this.folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.exitCode = new Promise((resolve) => child.once("exit", resolve));
    const at = (port: Port): string => addressOf(this.connection, port);
    this.#iopub.connect(at("iopub"));
    this.#iopub.subscribe();
    this.heartbeat.connect(at("hb"));
    void this.#listen("iopub", this.#iopub);
    for (const name of ["shell", "control", "stdin"] as const) {
      this.sockets[name].connect(at(name));
      void this.#listen(name, this.sockets[name]);
    }
    const gone = this.exitCode.then(() => {
      throw new Error(`the kernel ended before it answered; stderr: ${this.stderr}`);
    });
    await Promise.race([this.request("kernel_info_request", {}, seconds), gone]);
    gone.catch(() => {});
    // The subscription may take longer to arrive than the first request.
    while (this.published.length === 0) await this.request("kernel_info_request", {}, 2);
  }

  async #listen(channel: string, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = this.#read(channel, frames);
      (channel === "iopub" ? this.published : this.received).push(message);
      this.#waiting.splice(0).forEach((wake) => wake());
    }
  }

  #read(channel: string, frames: readonly Buffer[]): Message {
    const at = frames.findIndex((frame) => frame.toString() === delimiter);
    const signature = frames[at + 1].toString();
    const parts = frames.slice(at + 2, at + 6);
    if (signature !== this.sign(parts)) throw new Error("the kernel signed wrongly");
    const [header, parent, metadata, content] = parts.map(
      (part) => JSON.parse(part.toString()) as never,
    );
    return { channel, header, parent, metadata, content, buffers: frames.slice(at + 6) };
  }

  sign(parts: readonly (Buffer | string)[]): string {
    if (this.connection.key === "") return "";
    const hash = this.connection.signature_scheme.replace("hmac-", "");
    const hmac = createHmac(hash, this.connection.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** The frames of a request, rightly signed. */
  frames(
    type: string,
    content: unknown,
    header: Record<string, unknown> = {},
    metadata: unknown = {},
  ): { id: string; frames: string[] } {
    const id = randomUUID();
    const own = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.3",
      ...header,
    };
    const parts = [own, {}, metadata, content].map((part) => JSON.stringify(part));
    return { id, frames: [delimiter, this.sign(parts), ...parts] };
  }

  /** Sends a message and returns its id. */
  async send(
    type: string,
    content: unknown,
    {
      channel = "shell",
      header = {},
      buffers = [],
    }: { channel?: Sender; header?: Record<string, unknown>; buffers?: Buffer[] } = {},
  ): Promise<string> {
    const { id, frames } = this.frames(type, content, header);
    await this.sockets[channel].send([...frames, ...buffers]);
    return id;
  }

  /** Sends a request and waits for its reply. */
  async request(
    type: string,
    content: unknown,
    seconds = 20,
    channel: Sender = "shell",
  ): Promise<Message> {
    return this.reply(await this.send(type, content, { channel }), seconds);
  }

  reply(id: string, seconds = 20): Promise<Message> {
    const find = (): Message | undefined =>
      this.received.find(
        ({ parent, header }) => parent.msg_id === id && header.msg_type.endsWith("_reply"),
      );
    return this.until(find, seconds, `the reply to ${id}`);
  }

  /** Runs a cell and waits for its reply and its idle. */
  async execute(
    code: string,
    options: Record<string, unknown> = {},
    seconds = 30,
  ): Promise<Answer> {
    return this.answer(await this.sendCell(code, options), seconds);
  }

  sendCell(code: string, options: Record<string, unknown> = {}): Promise<string> {
    return this.send("execute_request", { code, silent: false, ...options });
  }

  async answer(id: string, seconds = 30): Promise<Answer> {
    const reply = await this.reply(id, seconds);
    await this.until(() => this.of(id).find(isIdle), seconds, `the idle of ${id}`);
    return { reply, published: this.of(id) };
  }

  /** What was published for a request. */
  of(id: string): Message[] {
    return this.published.filter(({ parent }) => parent.msg_id === id);
  }

  /** Waits for an event. How long it takes at most is no claim: a busy machine has all the time of a test. */
  until<T>(find: () => T | undefined, seconds: number, what: string): Promise<T> {
    return this.within(find, Math.max(seconds, 50), what);
  }

  /** The same, no longer than so many seconds. */
  async within<T>(find: () => T | undefined, seconds: number, what: string): Promise<T> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const left = end - Date.now();
      if (left <= 0)
        throw new Error(`${what} did not come in ${seconds} s; stderr: ${this.stderr}`);
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, Math.min(left, 200));
        this.#waiting.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  /** Ends the kernel and forgets its folder. */
  async close(): Promise<void> {
    if (this.#child?.exitCode === null) {
      await this.send("shutdown_request", { restart: false }, { channel: "control" });
      const kill = setTimeout(() => this.#child?.kill("SIGKILL"), 5000);
      await this.exitCode;
      clearTimeout(kill);
    }
    for (const socket of [...Object.values(this.sockets), this.#iopub, this.heartbeat])
      socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text a cell printed. */
export function printed({ published }: Answer, name = "stdout"): string {
  return published
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => content.text as string)
    .join("");
}

/** The types of what was published, in order. */
export function types({ published }: Answer): string[] {
  return published.map(({ header, content }) =>
    header.msg_type === "status" ? (content.execution_state as string) : header.msg_type,
  );
}

/** The plain text of a cell's value. */
export function value({ published }: Answer): unknown {
  const result = published.find(({ header }) => header.msg_type === "execute_result");
  return (result?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
}

export function isIdle({ header, content }: Message): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}

function securityOf({ ip, curve_publickey: key }: Connection): object {
  const { publicKey, secretKey } = curveKeyPair();
  const own = { curveServerKey: key, curvePublicKey: publicKey, curveSecretKey: secretKey };
  return { ...(ip.includes(":") ? { ipv6: true } : {}), ...(key === undefined ? {} : own) };
}

async function freeConnection(): Promise<Connection> {
  const [shell, iopub, stdin, control, hb] = await freePorts(5);
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: hb,
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    curve_publickey: undefined,
    curve_secretkey: undefined,
  };
}

async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: n },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
