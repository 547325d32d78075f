import type { WebSocket } from "ws";
import type { Attachment } from "./session.ts";
import { Session } from "./session.ts";

/** The kernels that run, by the full path of their notebook. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  get paths(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  /** Gives a tab the kernel of its notebook, which starts with the first. */
  attach(path: string, socket: WebSocket, attachment: Attachment): void {
    const session = this.#sessions.get(path) ?? new Session(path);
    this.#sessions.set(path, session);
    session.attach(socket, attachment);
  }

  saved(path: string, version: string, tab: string): void {
    this.#sessions.get(path)?.saved(version, tab);
  }

  /** The kernel goes with its notebook; its working folder stays what it was. */
  rename(from: string, to: string): void {
    const session = this.#sessions.get(from);
    if (session === undefined) return;
    this.#sessions.delete(from);
    this.#sessions.set(to, session);
  }

  /** Ends the kernel of a notebook, and with it the variables. */
  async end(path: string): Promise<void> {
    const session = this.#sessions.get(path);
    this.#sessions.delete(path);
    await session?.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.paths.map((path) => this.end(path)));
  }
}
