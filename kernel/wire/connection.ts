import { readFileSync, writeFileSync } from "node:fs";
import type { Checked } from "../messages/schema.ts";
import { fields, integer, oneOf, optional, text } from "../messages/schema.ts";

const shape = fields({
  transport: optional(oneOf("tcp", "ipc"), "tcp"),
  ip: text,
  shell_port: integer,
  iopub_port: integer,
  stdin_port: integer,
  control_port: integer,
  hb_port: integer,
  key: optional(text, ""),
  signature_scheme: optional(text, "hmac-sha256"),
  curve_publickey: optional(text, undefined),
  curve_secretkey: optional(text, undefined),
});

/** What a connection file says: where to listen, and the key of the signatures. */
export type Connection = Checked<typeof shape>;

/** The ports of a connection, one a channel. */
export type Port = "shell" | "control" | "stdin" | "iopub" | "hb";

/** Reads a connection file as Jupyter writes it. */
export function readConnection(path: string): Connection {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`the connection file ${path} cannot be read: ${(error as Error).message}`);
  }
  return checkConnection(value);
}

/** Writes a connection file that its owner alone can read, since it holds the key. */
export function writeConnection(path: string, connection: Connection): void {
  writeFileSync(path, JSON.stringify(connection, undefined, 2), { mode: 0o600, flag: "wx" });
}

/** Checks what a connection file holds. A kernel listens on this machine only. */
export function checkConnection(value: unknown): Connection {
  const connection = shape(value, "the connection file");
  if (connection.transport === "tcp" && !isLoopback(connection.ip))
    throw new Error(
      `the connection file asks to listen on ${connection.ip}, which other machines can reach; ` +
        "whoever can reach a kernel and knows its key runs code here, so it listens on 127.0.0.1 only",
    );
  return connection;
}

/** The ZeroMQ address of a channel. */
export function addressOf(connection: Connection, port: Port): string {
  const { transport, ip } = connection;
  const number = connection[`${port}_port`];
  if (transport === "ipc") return `ipc://${ip}-${number}`;
  return `tcp://${ip === "localhost" ? "127.0.0.1" : ip === "::1" ? "[::1]" : ip}:${number}`;
}

function isLoopback(ip: string): boolean {
  return ip === "localhost" || ip === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(ip);
}
