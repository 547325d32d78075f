import { mkdtempSync, rmSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";

/**
 * The way to the guard of an executor: the pipe it was born with, and once that thread has ended, a
 * socket on which the next one calls. What is written meanwhile is lost; `onLine` tells when one is there.
 */
export class GuardLine {
  #line: Writable;
  #server: Server | undefined;

  constructor(pipe: Writable) {
    this.#line = pipe;
    pipe.on("error", () => undefined);
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
      this.#line = socket.on("error", () => undefined);
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
