import { expect, test } from "vitest";
import type { ConnectionState } from "../../web/kernel/connection.ts";
import type { Message } from "../../web/kernel/message.ts";
import type { Socket } from "../../web/kernel/socket-connection.ts";
import { SocketConnection } from "../../web/kernel/socket-connection.ts";
import { warningsIn } from "../../web/run/warnings.ts";

/** A socket that a test opens, speaks through and loses. */
class FakeSocket implements Socket {
  readyState = 0;
  readonly sent: string[] = [];
  readonly #listeners = new Map<string, (event: { data: unknown }) => void>();

  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.say("close");
  }
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }
  say(type: string, data?: unknown): void {
    this.readyState = type === "open" ? 1 : type === "close" ? 3 : this.readyState;
    this.#listeners.get(type)?.({ data: data === undefined ? undefined : JSON.stringify(data) });
  }
}

const message = (id: string) =>
  ({ channel: "shell", header: { msg_id: id } }) as unknown as Message;

test("what is sent while the socket is away waits; it opens again where it had stopped hearing", async () => {
  const sockets: FakeSocket[] = [];
  const asked: [string, number][] = [];
  const states: ConnectionState[] = [];
  const heard: Message[] = [];
  const connection = new SocketConnection({
    firstDelayMs: 1,
    open: (kernel, after) => {
      asked.push([kernel, after]);
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  connection.listen({
    onMessage: (each) => heard.push(each),
    onNotice: () => undefined,
    onState: (state) => states.push(state),
  });
  connection.send(message("early"));
  sockets[0].say("open");
  expect(sockets[0].sent).toEqual([JSON.stringify(message("early"))]);
  sockets[0].say("message", { channel: "lab", type: "hello", kernel: "k1", known: false });
  sockets[0].say("message", { channel: "iopub", number: 7 });
  sockets[0].say("close");
  connection.send(message("meanwhile"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([
    ["", 0],
    ["k1", 7],
  ]);
  sockets[1].say("open");
  expect(sockets[1].sent).toEqual([JSON.stringify(message("meanwhile"))]);
  sockets[1].say("message", { channel: "lab", type: "hello", kernel: "k2", known: false });
  sockets[1].say("close");
  await new Promise((resolve) => setTimeout(resolve, 20));
  // Another kernel counts from one again.
  expect(asked[2]).toEqual(["k2", 0]);
  expect(states).toEqual(["starting", "open", "lost", "open", "lost"]);
  expect(heard).toHaveLength(1);
  connection.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toHaveLength(3);
});

test("type warnings are for the editor's lines; every other output is none", () => {
  const warnings = [{ line: 2, message: "no (TS1)" }];
  const data = {
    "text/plain": "type warning at cell 3, line 2: no (TS1)",
    "application/vnd.tsrsa.type-warnings+json": warnings,
  };
  expect(warningsIn({ data })).toEqual([{ line: 2, message: "no (TS1)", severity: "warning" }]);
  expect(warningsIn({ data: { "text/plain": data["text/plain"] } })).toBeUndefined();
  expect(warningsIn({ name: "stderr", text: "type warning at line 1: x (TS2)\n" })).toBeUndefined();
  expect(warningsIn({})).toBeUndefined();
});
