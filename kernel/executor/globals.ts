import type { Comms } from "../comm/comms.ts";
import { createComms } from "../comm/comms.ts";
import type { Widgets } from "../comm/widget.ts";
import { createWidgets } from "../comm/widget.ts";
import type { Display } from "../display/display.ts";
import { send } from "#kernel/channel";
import { cellNow } from "#kernel/context";
import { cellDisplay, offerToLibraries } from "./display-hook.ts";
import type { Input } from "./input.ts";
import { cellInput, confirmNow, promptNow } from "./input.ts";
import type { CommMessage } from "./protocol.ts";
import { installStandardInput } from "#kernel/standard-input";
import { notebookNames } from "./notebook-names.ts";
import { flushStreams } from "./streams.ts";

/** What every cell has without an import. A notebook may declare the names for itself. */
export interface CellGlobals {
  readonly display: Display;
  readonly input: Input;
  readonly prompt: (message?: string, byDefault?: string) => string;
  readonly confirm: (message?: string) => boolean;
  readonly comm: Comms;
  readonly widget: Widgets;
}

/** Declares these names for the cells. Returns the way in for messages of comms. */
export function installGlobals(): (message: CommMessage) => unknown {
  const comms = createComms((message) => {
    flushStreams();
    send({ type: "comm", cell: cellNow(), message });
  });
  const input = cellInput();
  installStandardInput(input);
  const globals: CellGlobals = {
    display: cellDisplay(),
    input,
    prompt: promptNow,
    confirm: confirmNow,
    comm: { open: comms.open, register: comms.register },
    widget: createWidgets(comms),
  };
  for (const [name, value] of Object.entries(globals)) notebookNames.set(name, value);
  offerToLibraries({ widget: globals.widget });
  return (message) => comms.receive(message);
}
