import { mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { Lab } from "../../../cli/lab/server.ts";
import { startLab } from "../../../cli/lab/server.ts";

/** A folder with a notebook of either kind. */
export function notebookFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-lab-"));
  writeFileSync(join(folder, "one.ts"), "// %%\nconst a = 1;\n\n// %%\na + 1;\n");
  writeFileSync(join(folder, "two.ipynb"), emptyNotebook);
  return folder;
}

export const emptyNotebook = `${JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A request with whatever headers a test likes, which `fetch` would not send. */
export function ask(origin: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body } = asking;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A browser that came by the printed address. */
export class Visitor {
  private constructor(
    readonly lab: Lab,
    readonly cookie: string,
  ) {}

  static async enter(lab: Lab): Promise<Visitor> {
    const { pathname, search } = new URL(lab.address());
    const { headers } = await ask(lab.origin, pathname + search);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    return new Visitor(lab, cookie.split(";")[0]);
  }

  ask(path: string, asking: Asking = {}): Promise<Answer> {
    const headers = { Cookie: this.cookie, Origin: this.lab.origin, ...asking.headers };
    return ask(this.lab.origin, path, { ...asking, headers });
  }

  socket(query: string, headers: Record<string, string> = {}): WebSocket {
    const address = `${this.lab.origin.replace("http", "ws")}/api/kernel?${query}`;
    return new WebSocket(address, {
      headers: { Cookie: this.cookie, Origin: this.lab.origin, ...headers },
    });
  }
}

/** Whether a socket opens, or with what it is refused. */
export function opened(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("error", (error) => resolve(error.message));
  });
}

export { startLab };
