import type { Message, Notice } from "./message.ts";

export type ConnectionState = "starting" | "open" | "lost";

/** Who listens to a connection. */
export interface ConnectionListener {
  onMessage(message: Message): void;
  onNotice(notice: Notice): void;
  onState(state: ConnectionState): void;
}

/** The way to a kernel, whatever carries it. What is sent while it is not open waits. */
export interface KernelConnection {
  listen(listener: ConnectionListener): void;
  send(message: Message): void;
  close(): void;
}
