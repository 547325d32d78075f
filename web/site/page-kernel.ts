import type { ConnectionListener, KernelConnection } from "../kernel/connection.ts";
import type { Message } from "../kernel/message.ts";
import type { CellNames } from "../store/store.ts";
import { drawSvg } from "../view/draw-svg.ts";

/** Where the workers of a site lie, and what their cells may import. */
export interface KernelPlaces {
  /** The folder of the front end, with a slash at its end. */
  readonly base: URL;
  readonly version: string;
  readonly notebook: string;
  /** What cells may import: a file of `lib/` by the name it is imported by. */
  readonly modules: Readonly<Record<string, string>>;
  /** What a page does not have, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
}

interface FromWorker {
  readonly type: "hello" | "message" | "names" | "draw" | "refused";
  readonly kernel?: string;
  readonly text?: string;
  readonly id?: number;
  readonly names?: readonly CellNames[];
  readonly svg?: string;
  readonly scale?: number;
  readonly reason?: string;
}

const figureMime = "application/vnd.tsrsa.figure+json";

/**
 * The address of a worker that may reach no other host, the last of `addresses`; it loads the others itself. The site's service worker sends the policy of such scripts along;
 * where there is none, a script that a blob begins has the policy of this page.
 */
function confined(...addresses: readonly [string, ...string[]]): string {
  if (isServed()) return addresses[addresses.length - 1];
  const begin = `importScripts(${addresses.map((address) => JSON.stringify(address)).join()});`;
  return URL.createObjectURL(new Blob([begin], { type: "text/javascript" }));
}

/** The kernel of a notebook in workers of this page: the same kernel as in Node. */
export class PageKernel implements KernelConnection {
  readonly #worker: Worker;
  readonly #places: KernelPlaces;
  readonly #asked = new Map<number, (names: readonly CellNames[]) => void>();
  #listener: ConnectionListener | undefined;
  #count = 0;

  constructor(places: KernelPlaces) {
    this.#places = places;
    this.#worker = new Worker(confined(new URL("kernel.js", places.base).href), { name: "kernel" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      console.error(event.message);
      this.#listener?.onState("lost");
    };
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
    listener.onState("starting");
    this.#start();
  }

  send(message: Message): void {
    // A worker keeps what is sent until it can take it.
    this.#worker.postMessage({ type: "message", text: JSON.stringify(message) });
  }

  /** What each cell reads and writes. */
  names(sources: readonly string[]): Promise<readonly CellNames[]> {
    const id = (this.#count += 1);
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#worker.postMessage({ type: "names", id, sources });
    });
  }

  /** Puts a file of the user beside the notebook, for its cells to read. */
  giveFile(path: string, file: Blob): void {
    this.#worker.postMessage({ type: "file", path: `/notebook/${path}`, file });
  }

  close(): void {
    this.#worker.terminate();
  }

  #start(): void {
    const { base, version, notebook, modules, absent } = this.#places;
    const at = (name: string): string => new URL(name, base).href;
    const addresses = Object.entries(modules).map(([name, file]) => [name, at(`lib/${file}`)]);
    const stop = `${new URL("../__stop", base).href}?id=${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
    const asksWorker = !globalThis.crossOriginIsolated && isServed();
    this.#worker.postMessage({
      type: "start",
      version,
      cells: confined(at("cells.js")),
      language: {
        worker: confined(at("typescript.js"), at("language.js")),
        types: at("types.json"),
      },
      ...(asksWorker ? { tellStopAddress: stop } : {}),
      settings: {
        notebook,
        modules: Object.fromEntries(addresses) as Record<string, string>,
        absent,
        files: at("lib/files.js"),
        ...(asksWorker ? { stopAddress: stop } : {}),
        env: { JUPYTER_HOOK_WANTS: figureMime },
      },
    });
  }

  #receive(said: FromWorker): void {
    switch (said.type) {
      case "hello":
        this.#listener?.onNotice({ type: "hello", kernel: said.kernel ?? "", known: false });
        return this.#listener?.onState("open");
      case "message":
        return this.#listener?.onMessage(JSON.parse(said.text ?? "{}") as Message);
      case "refused":
        return this.#listener?.onNotice({ type: "refused", reason: said.reason ?? "" });
      case "names":
        this.#asked.get(said.id ?? 0)?.(said.names ?? []);
        return void this.#asked.delete(said.id ?? 0);
      case "draw":
        return void this.#draw(said);
    }
  }

  async #draw({ id, svg = "", scale = 1 }: FromWorker): Promise<void> {
    try {
      const bytes = await drawSvg(svg, scale);
      this.#worker.postMessage({ type: "drawn", id, bytes });
    } catch (error) {
      this.#worker.postMessage({ type: "drawn", id, reason: String(error) });
    }
  }
}

/** True where a service worker of this site answers for it. */
function isServed(): boolean {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  return serviceWorker?.controller !== null && serviceWorker !== undefined;
}
