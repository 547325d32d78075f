import type { Executor } from "../../kernel/session/executor-process.ts";
import type { RecordedDraw, RecordedSource } from "../../src/core/run-record.ts";

/** What the process that ran the cells noted of itself. */
export interface ProcessNotes {
  /** Full paths of the files that were read, in that order. */
  readonly files: readonly string[];
  readonly draws: readonly RecordedDraw[];
  readonly sources: readonly RecordedSource[];
  /** The most memory the process had. */
  readonly memoryMb: number;
}

const none: ProcessNotes = { files: [], draws: [], sources: [], memoryMb: 0 };

/** Asks the process for its notes, by a cell that is no part of the notebook; nothing when it has ended. */
export async function readNotes(executor: Executor): Promise<ProcessNotes> {
  let notes = none;
  const { status } = await executor.execute(question, {
    cell: 0,
    onOutput: (output) => {
      if (output.type === "result") notes = output.bundle["application/json"] as ProcessNotes;
    },
  });
  return status === "ok" ? notes : none;
}

const question = `(() => {
  const notes = globalThis[Symbol.for("tsrsa.runRecord")];
  const found = {
    files: [...(notes?.files ?? [])],
    draws: [...(notes?.draws.values() ?? [])],
    sources: [...(notes?.sources.values() ?? [])],
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  return { [Symbol.for("Jupyter.display")]: () => ({ "application/json": found }) };
})()`;
