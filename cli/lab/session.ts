import { randomUUID } from "node:crypto";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { WebSocket } from "ws";
import type { Channel, OutgoingMessage } from "../../kernel/messages/message.ts";
import { InvalidContent } from "../../kernel/messages/schema.ts";
import { Kernel } from "../../kernel/server/kernel.ts";
import { packageVersion } from "../package-version.ts";
import { runMime } from "../run/bundles.ts";
import { readMessage, writeMessage } from "../../kernel/messages/json-form.ts";
import { MessageLog } from "./message-log.ts";

/** How a tab comes back after its socket was lost: the kernel it knew, and the last message it has. */
export interface Attachment {
  /** A name the tab made for itself; answers go to it. */
  readonly tab: string;
  readonly kernel: string;
  readonly after: number;
}

const patienceMs = 10_000;

/** The kernel of one notebook and the tabs that show it. */
export class Session {
  readonly #path: string;
  readonly #tabs = new Map<string, WebSocket>();
  #kernel: Kernel;
  #log = new MessageLog();
  #id = randomUUID();

  /** `path` is the notebook's full path. */
  constructor(path: string) {
    this.#path = path;
    this.#kernel = this.#start();
  }

  /** Adds a tab: it is told which kernel this is, then what it has not heard, then all there is to hear. */
  attach(socket: WebSocket, { tab, kernel, after }: Attachment): void {
    this.#tabs.get(tab)?.terminate();
    this.#tabs.set(tab, socket);
    const known = kernel === this.#id;
    this.#say(socket, "hello", { kernel: this.#id, known });
    for (const { text } of this.#log.after(known ? after : 0)) socket.send(text);
    this.#say(socket, "heard");
    socket.on("message", (data: Buffer) => this.#receive(socket, tab, data.toString()));
    socket.on("close", () => {
      if (this.#tabs.get(tab) === socket) this.#tabs.delete(tab);
    });
    socket.on("error", () => socket.terminate());
  }

  /** Tells every tab but one that the file has changed. */
  saved(version: string, tab: string): void {
    for (const [name, socket] of this.#tabs)
      if (name !== tab) this.#say(socket, "saved", { version });
  }

  async close(): Promise<void> {
    for (const socket of this.#tabs.values()) socket.close(1001);
    await this.#kernel.close();
  }

  #start(): Kernel {
    const folder = dirname(this.#path);
    const packagesFrom = fileURLToPath(import.meta.url);
    return new Kernel({
      transport: { send: (on, message) => this.#send(on, message), close: async () => undefined },
      version: packageVersion(),
      cwd: folder,
      notebook: basename(this.#path),
      packagesFrom,
      env: { TSRSA_CWD: folder, JUPYTER_HOOK_WANTS: runMime.figure },
      startLanguage: async () => {
        const { startLanguageService } = await import("../../kernel/language/language.ts");
        return startLanguageService({ cwd: folder, packagesFrom });
      },
      onShutdown: () => void this.#restart(),
    });
  }

  /** The process of the cells is new, and so are the numbers of what it shows. */
  async #restart(): Promise<void> {
    const old = this.#kernel;
    this.#log = new MessageLog();
    this.#id = randomUUID();
    this.#kernel = this.#start();
    for (const socket of this.#tabs.values())
      this.#say(socket, "hello", { kernel: this.#id, known: false });
    await old.close();
  }

  #receive(socket: WebSocket, tab: string, text: string): void {
    try {
      const { channel, message } = readMessage(text, tab);
      this.#kernel.receive(channel, message);
    } catch (error) {
      if (!(error instanceof InvalidContent)) throw error;
      this.#say(socket, "refused", { reason: error.message });
    }
  }

  async #send(on: Channel, message: OutgoingMessage): Promise<void> {
    const { header, parent, identities } = message;
    const cell = typeof parent.cell === "string" ? parent.cell : undefined;
    const isKept = on === "iopub" || header.msg_type === "execute_reply";
    const text = writeMessage(on, message, isKept ? { number: this.#log.next } : {});
    const request = typeof parent.msg_id === "string" ? parent.msg_id : undefined;
    if (isKept && isRemembered(message)) this.#log.add(text, cell, request);
    const tabs = [...this.#tabs].filter(
      ([name]) => on === "iopub" || name === identities[0]?.toString(),
    );
    await Promise.all(tabs.map(([, socket]) => deliver(socket, text)));
  }

  #say(socket: WebSocket, type: string, content: Readonly<Record<string, unknown>> = {}): void {
    socket.send(JSON.stringify({ channel: "lab", type, ...content }));
  }
}

/** Of comms it is enough to know which there are: a page asks each for its state. */
function isRemembered({ header, parent }: OutgoingMessage): boolean {
  if (header.msg_type === "comm_msg") return false;
  return typeof parent.cell === "string" || header.msg_type.startsWith("comm_");
}

/** Resolves when the message has left; a tab that takes nothing for ten seconds loses its socket, and comes back by itself. */
function deliver(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      socket.terminate();
      resolve();
    }, patienceMs);
    socket.send(text, () => {
      clearTimeout(patience);
      resolve();
    });
  });
}
