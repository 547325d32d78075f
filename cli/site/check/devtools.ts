import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { WebSocket } from "ws";
import { UsageError } from "../../usage-error.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The path of a Chromium: the one that TSRSA_CHROMIUM names, or one on the path. Throws `UsageError`. */
export function findChromium(): string {
  const named = process.env.TSRSA_CHROMIUM ?? "";
  if (named !== "") return named;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const there = found.find((path) => existsSync(path));
  if (there !== undefined) return there;
  throw new UsageError(
    "--check needs Chromium or Chrome, and there is none on the path; name one with TSRSA_CHROMIUM",
  );
}

interface Answer {
  readonly id?: number;
  readonly result?: {
    readonly result?: { readonly value?: unknown };
    readonly targetId?: string;
    readonly sessionId?: string;
    readonly exceptionDetails?: {
      readonly text: string;
      readonly exception?: { readonly description?: string };
    };
  };
  readonly error?: { readonly message: string };
}

const startMs = 60_000;

/** A browser without a window, driven by its own debugging protocol. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;

  private constructor(child: ChildProcess, socket: WebSocket, profile: string) {
    this.#child = child;
    this.#socket = socket;
    this.#profile = profile;
    socket.on("message", (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      this.#waiting.get(answer.id ?? 0)?.(answer);
      this.#waiting.delete(answer.id ?? 0);
    });
  }

  static async start(path: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "tsrsa-chromium-"));
    const child = spawn(
      path,
      [
        "--headless=new",
        "--remote-debugging-port=0",
        `--user-data-dir=${profile}`,
        "--no-first-run",
        "--disable-gpu",
        "--disable-background-networking",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "about:blank",
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const address = await addressOf(child);
    const socket = new WebSocket(address, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) =>
      socket.once("open", resolve).once("error", reject),
    );
    return new Browser(child, socket, profile);
  }

  /** Opens a page; what it returns evaluates an expression in it and gives its value. */
  async open(address: string): Promise<(expression: string) => Promise<unknown>> {
    const { targetId } = (await this.#ask("Target.createTarget", { url: address })) ?? {};
    const { sessionId } =
      (await this.#ask("Target.attachToTarget", { targetId, flatten: true })) ?? {};
    return async (expression) => {
      const parameters = { expression, awaitPromise: true, returnByValue: true };
      const answer = await this.#ask("Runtime.evaluate", parameters, sessionId);
      const failed = answer?.exceptionDetails;
      if (failed !== undefined) throw new Error(failed.exception?.description ?? failed.text);
      return answer?.result?.value;
    };
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#socket.close();
    this.#child.kill();
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #ask(method: string, params: object, sessionId?: string): Promise<Answer["result"]> {
    const id = (this.#sent += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }
}

/** The browser says where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const limit = setTimeout(
      () => reject(new Error(`the browser did not start: ${said}`)),
      startMs,
    );
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`the browser ended: ${said}`)));
    child.stderr?.on("data", (piece: Buffer) => {
      said += piece.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found === null) return;
      clearTimeout(limit);
      resolve(found[1]);
    });
  });
}
