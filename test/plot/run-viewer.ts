import { runInNewContext } from "node:vm";
import { rdmViewerScript } from "../../src/plot/rdm-viewer/viewer-script.ts";

type Listener = (event: object) => void;
const none = (): void => undefined;

/** As much of an element as the scripts ask for. */
export class Stub {
  readonly style: Record<string, string> = {};
  readonly children: Stub[] = [];
  readonly listeners = new Map<string, Listener>();
  readonly attributes = new Map<string, string>();
  textContent = "";
  value: number | string = 0;
  width = 0;
  height = 0;
  isConnected = true;
  pixels = new Uint8ClampedArray(0);
  readonly tag: string;

  constructor(tag: string) {
    this.tag = tag;
  }
  append(...all: Stub[]): void {
    this.children.push(...all);
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  addEventListener(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }
  getBoundingClientRect() {
    return { left: 0, top: 0, width: 100, height: 100 };
  }
  getContext() {
    return {
      createImageData: (width: number, height: number) => ({
        data: new Uint8ClampedArray(4 * width * height),
      }),
      putImageData: ({ data }: { data: Uint8ClampedArray }) => (this.pixels = data.slice()),
      ...{ fillRect: none, beginPath: none, arc: none, fill: none, stroke: none },
      ...{ strokeText: none, fillText: none },
    };
  }
  find(tag: string): Stub {
    const found = this.all().find((one) => one.tag === tag);
    if (found === undefined) throw new Error(`no ${tag}`);
    return found;
  }
  all(): Stub[] {
    return [this, ...this.children.flatMap((child) => (child instanceof Stub ? child.all() : []))];
  }
}

/** A script of viewers run over stand-ins for elements: its figure and its scene. */
export async function runViewer(html: string, script: string) {
  const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
  const root = new Stub("figure");
  const still = new Stub("img");
  const querySelector = (selector: string) =>
    selector === "img" ? still : Object.assign(new Stub("script"), { textContent: json });
  let resolve = (): void => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const ready = new Promise<void>((done, failed) => ([resolve, reject] = [done, failed]));
  const append = root.append.bind(root);
  const page = {
    document: {
      createElement: (tag: string) => new Stub(tag),
      querySelectorAll: () => [
        Object.assign(root, {
          querySelector,
          append: (...all: Stub[]) => {
            append(...all);
            resolve();
          },
        }),
      ],
    },
    window: { devicePixelRatio: 1 },
    console: { warn: (error: unknown) => reject(error) },
    ...{ atob, Blob, DecompressionStream, Response, Uint8Array, Float32Array, Math, Number, JSON },
    ...{ setInterval, clearInterval },
  };
  runInNewContext(script, page);
  await ready;
  return { root, still, json };
}

/** The page's side of a viewer of RDMs. */
export async function openViewer(html: string) {
  const { root, still, json } = await runViewer(html, rdmViewerScript);
  const canvas = root.find("canvas");
  const scene = JSON.parse(json) as { side: number; colours: string[]; spots?: { left: number; top: number }[]; width: number; height: number }; // prettier-ignore
  /** The colour at the middle of a cell. */
  const colourAt = (row: number, column: number): string => {
    const pixel = (cell: number) => Math.floor(((cell + 0.5) / scene.side) * canvas.width);
    const at = 4 * (pixel(row) * canvas.width + pixel(column));
    return canvas.pixels.subarray(at, at + 3).join();
  };
  const point = (row: number, column: number): string => {
    const place = (cell: number) => (100 * (cell + 0.5)) / scene.side;
    canvas.listeners.get("pointermove")?.({ clientX: place(column), clientY: place(row) });
    return root.all().find((one) => one.textContent.includes(" – "))?.textContent ?? "";
  };
  return { root, still, canvas, scene, colourAt, point };
}
