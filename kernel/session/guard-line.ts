import { mkdtempSync, rmSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { DebugMessage } from "../debugger/dap.ts";
import { saidReader } from "../guard/messages.ts";

/**
 * The way to the guard of an executor: the pipe it was born with, and once that thread has ended, a
 * socket on which the next one calls. What is written meanwhile is lost; `onLine` tells when one is there.
 */
export class GuardLine {
  #line: Duplex;
  readonly #onPiece: (piece: Buffer) => void;
  #server: Server | undefined;

  /** `onSaid` is called with what the debugger in the guard says, `onBad` when bytes come that are no message. */
  constructor(pipe: Duplex, onSaid: (message: DebugMessage) => void, onBad: () => void) {
    this.#line = pipe;
    const read = saidReader(onSaid);
    this.#onPiece = (piece) => {
      try {
        read(piece);
      } catch {
        onBad();
      }
    };
    pipe.on("error", () => undefined).on("data", this.#onPiece);
  }

  write(bytes: Uint8Array): void {
    if (!this.#line.destroyed) this.#line.write(bytes);
  }

  /** Listens for another guard; resolves with the path to call on. */
  async listen(onLine: () => void): Promise<string> {
    this.close();
    // Nobody else may call: the folder is the user's alone.
    const folder = mkdtempSync(join(tmpdir(), "guard-"));
    const isWindows = process.platform === "win32";
    const path = isWindows ? `\\\\.\\pipe\\${folder.replace(/[\\:]/g, "-")}` : join(folder, "line");
    const server = createServer((socket: Socket) => {
      this.#line = socket.on("error", () => undefined).on("data", this.#onPiece);
      this.close();
      onLine();
    });
    this.#server = server.once("close", () => rmSync(folder, { recursive: true, force: true }));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(path, resolve);
    });
    return path;
  }

  /** Stops listening; the line that is there stays. */
  close(): void {
    this.#server?.close();
    this.#server = undefined;
  }
}
