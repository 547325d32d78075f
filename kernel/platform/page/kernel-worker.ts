// The worker of a page that speaks Jupyter's messages: the same kernel as in Node.
import { namesOfCells } from "../../transform/cell-names.ts";
import { InvalidContent } from "../../messages/schema.ts";
import { readMessage, writeMessage } from "../../messages/json-form.ts";
import { languageService } from "../../language/language-service.ts";
import type { KernelOptions } from "../../server/kernel.ts";
import { Kernel } from "../../server/kernel.ts";
import { randomUUID } from "./node/crypto.ts";
import { drawBy } from "./drawing.ts";
import { giveFile, givePage } from "./executors.ts";
import { startThread } from "./language-thread.ts";
import { stopTeller } from "./stop-teller.ts";
import type { FromKernel, KernelStart, ToKernel } from "./kernel-messages.ts";

let kernel: Kernel | undefined;
let id = randomUUID();
const drawn = new Map<number, (answer: Extract<ToKernel, { type: "drawn" }>) => void>();
let asked = 0;

function say(message: FromKernel): void {
  self.postMessage(message);
}

function begin(start: KernelStart): void {
  const { tellStopAddress } = start;
  givePage({
    ...start,
    stops:
      tellStopAddress === undefined
        ? undefined
        : stopTeller((number) => fetch(`${tellStopAddress}&number=${number}`, { method: "POST" })),
  });
  drawBy(async (svg, scale) => {
    const number = (asked += 1);
    const answer = await new Promise<Extract<ToKernel, { type: "drawn" }>>((resolve) => {
      drawn.set(number, resolve);
      say({ type: "draw", id: number, svg, scale });
    });
    if (answer.bytes === undefined) throw new Error(answer.reason ?? "the page could not draw it");
    return answer.bytes;
  });
  kernel = startKernel(start);
  say({ type: "hello", kernel: id });
}

function startKernel(start: KernelStart): Kernel {
  return new Kernel({
    transport: {
      send: async (channel, message) =>
        say({ type: "message", text: writeMessage(channel, message) }),
      close: async () => undefined,
    },
    version: start.version,
    cwd: "/notebook",
    notebook: start.settings.notebook,
    env: {},
    ...languageOf(start),
    onShutdown: () => void restart(start),
  });
}

/** The first question reads all that cells import; on a slow machine beside a run that takes long. */
const timeoutMs = 60_000;

/** It is loaded with the first question: it weighs more than all the rest. */
function languageOf({
  language,
}: KernelStart): Pick<KernelOptions, "startLanguage" | "languageOnDemand"> {
  if (language === undefined) return {};
  return {
    startLanguage: async () =>
      languageService({ start: (listener) => startThread(language, listener), timeoutMs }),
    languageOnDemand: true,
  };
}

/** The worker of the cells is new, and so is the kernel. */
async function restart(start: KernelStart): Promise<void> {
  await kernel?.close();
  id = randomUUID();
  kernel = startKernel(start);
  say({ type: "hello", kernel: id });
}

self.addEventListener("message", ({ data }: MessageEvent<ToKernel>) => {
  switch (data.type) {
    case "start":
      return begin(data);
    case "file":
      return giveFile(data);
    case "names":
      return say({ type: "names", id: data.id, names: namesOfCells(data.sources) });
    case "drawn":
      drawn.get(data.id)?.(data);
      return void drawn.delete(data.id);
    case "message":
      try {
        const { channel, message } = readMessage(data.text, "page");
        kernel?.receive(channel, message);
      } catch (error) {
        if (!(error instanceof InvalidContent)) throw error;
        say({ type: "refused", reason: error.message });
      }
  }
});
