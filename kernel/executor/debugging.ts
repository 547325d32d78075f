import { clearTimeout, setTimeout } from "node:timers";
import type { AnnouncedCell, FromGuard } from "../debugger/dap.ts";
import type { TransformedCell } from "../transform/transform.ts";
import { tellGuard } from "#kernel/stop";

let isDebugging = false;
let onAnnounced: () => void = () => undefined;

/** A cell does not wait longer for its breakpoints. */
const patienceMs = 2000;

/** True while a debugger wants to know of cells before they run. */
export function debugs(): boolean {
  return isDebugging;
}

export function onGuardMessage(message: FromGuard): void {
  if ("isDebugging" in message) isDebugging = message.isDebugging;
  else onAnnounced();
}

/** Tells the debugger of a cell that is about to run; resolves once its breakpoints are set. */
export async function announceCell(
  cell: number,
  source: string,
  script: string,
  compiled: TransformedCell,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, patienceMs);
    onAnnounced = () => {
      clearTimeout(limit);
      resolve();
    };
    tellGuard({ announce: { cell, source, script, pieces: piecesOf(compiled) } });
  });
}

/** Where, in the script of a cell, another line of its text begins. */
function piecesOf({ code, trace }: TransformedCell): AnnouncedCell["pieces"] {
  return code.split("\n").flatMap((text, i) => {
    const found: [number, number, number][] = [];
    for (const { index } of text.matchAll(/\S+/g)) {
      const { line } = trace(i + 1, index + 1);
      if (found.at(-1)?.[2] !== line) found.push([i + 1, index + 1, line]);
    }
    return found;
  });
}
