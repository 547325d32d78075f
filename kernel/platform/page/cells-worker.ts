// The worker of a page that runs the user's code and nothing else.
import { join } from "../../platform/page/node/path.ts";
import {
  KeyboardInterrupt,
  onStop,
  onStrayError,
  runBeside,
  runCell,
  runHandler,
} from "../../executor/cell.ts";
import { installDisplayHook } from "../../executor/display-hook.ts";
import { installGlobals } from "../../executor/globals.ts";
import { onAnswer } from "../../executor/input.ts";
import { declareKernelNames } from "../../executor/kernel-names.ts";
import { notebookNames } from "../../executor/notebook-names.ts";
import { watchTimers } from "../../executor/timers.ts";
import { look } from "../../executor/values.ts";
import { captureConsole } from "./capture-console.ts";
import type { ToCells } from "./cells-messages.ts";
import { send } from "./channel.ts";
import { drawInPage, onDrawn } from "./draw-in-page.ts";
import { giveSettings } from "./host.ts";
import { giveMailbox } from "./mailbox.ts";
import { pageModules } from "./modules.ts";
import { hearStop, isAskedToStop, watchSign } from "./stop-flag.ts";

const folder = "/notebook";
/** So many rounds of a loop pass between two looks at the sign. */
const rounds = 2000;

Error.stackTraceLimit = 50;
captureConsole();
installDisplayHook({ drawSvg: drawInPage, leaves: ["image/png"] });
watchTimers();
const receiveComm = installGlobals();

let files: string | undefined;

const take = (request: ToCells): void => {
  switch (request.type) {
    case "start":
      return start(request);
    case "stop":
      return hearStop(request.number) ? onStop() : undefined;
    case "file":
      return void takeFile(request);
    case "drawn":
      return onDrawn(request);
    case "execute":
      return runCell(request.cell, request.code, folder);
    case "beside":
      return runBeside(request.cell, request.code, folder);
    case "inputReply":
      return onAnswer(request);
    case "look":
      return send({ type: "looked", id: request.id, answer: look(request.question) });
    case "comm":
      return runHandler(request.cell, () => receiveComm(request.message));
  }
};

function start({ sign, mailbox, settings }: Extract<ToCells, { type: "start" }>): void {
  giveSettings({ ...settings.env, TSRSA_NOTEBOOK: settings.notebook });
  files = settings.files;
  watchSign(sign);
  giveMailbox(mailbox);
  const notebook = join(folder, settings.notebook);
  declareKernelNames(pageModules(settings), folder, notebook);
  declareChecks();
  send({ type: "ready" });
}

/** Files are the library's: it is loaded with the first. */
async function takeFile({ path, file }: Extract<ToCells, { type: "file" }>): Promise<void> {
  if (files === undefined) return;
  const { giveFile } = (await import(/* @vite-ignore */ files)) as {
    giveFile: (path: string, file: Blob) => void;
  };
  giveFile(path, file);
}

/** What the code woven into cells counts and asks. */
function declareChecks(): void {
  const counter = new Int32Array([rounds]);
  notebookNames.set("__kc", counter);
  notebookNames.set("__kt", () => {
    const isAsked = isAskedToStop();
    // The next to ask is told at once too: the first may stand in a `try` whose `catch` goes on.
    counter[0] = isAsked ? 0 : rounds;
    if (isAsked) throw new KeyboardInterrupt();
  });
}

self.addEventListener("message", ({ data }: MessageEvent<ToCells>) => take(data));
self.addEventListener("error", (event) => {
  event.preventDefault();
  onStrayError(event.error ?? new Error(event.message));
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  onStrayError(event.reason, event.promise);
});
