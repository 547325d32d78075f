import type { CellError } from "../executor/protocol.ts";

/** How a process of cells ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was ended because a cell would not stop. */
  readonly wouldNotStop: boolean;
  /** What it printed last. */
  readonly lastWords: string;
}

const killed =
  "the cell did not stop when interrupted: it was in native code (such as one long call of crypto or of a huge " +
  "integer), which only the end of its process can stop, so that was ended and its variables are lost";
const memory =
  "; it ran out of memory: raise the limit with NODE_OPTIONS=--max-old-space-size=8192 (in MB)";

/** Why the process of the cells ended, as an error of the cell it ran. */
export function goodbye({ code, signal, wouldNotStop, lastWords }: Ending): CellError {
  const how = signal === null ? `code ${code}` : `signal ${signal}`;
  const why = /heap out of memory/.test(lastWords) ? memory : "";
  const exited = `the execution process exited (${how}) and its variables are lost${why}`;
  const evalue = wouldNotStop ? killed : exited;
  return { ename: "ExecutorExit", evalue, frames: [], libraryFrames: 0 };
}

/** Said when a Stop has waited for a while, and the process is ended in `leftMs`. */
export function endingWarning(leftMs: number): string {
  return (
    "Stop: the cell is in native code, which only the end of its process can stop; " +
    `that comes in ${Math.round(leftMs / 1000)} s, and costs the variables\n`
  );
}
