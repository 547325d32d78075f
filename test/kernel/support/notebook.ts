import type { Outcome, Output } from "../../../kernel/executor/protocol.ts";
import type { Executor } from "../../../kernel/session/executor-process.ts";
import { startExecutor } from "../../../kernel/session/executor-process.ts";
import { renderTraceback } from "../../../kernel/session/traceback.ts";

/** A notebook for tests: a process of the cells, without a front end. */
export interface TestNotebook {
  readonly executor: Executor;
  run(code: string): Promise<{ outcome: Outcome; outputs: Output[] }>;
  /** The plain text of a cell's value; a cell that fails throws its traceback. */
  value(code: string): Promise<string | undefined>;
  /** The traceback of a cell that fails; empty when it does not. */
  error(code: string): Promise<string>;
  /** What a cell prints. */
  printed(code: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a notebook in a folder; packages the folder lacks are looked for beside `packagesFrom`. */
export async function openNotebook(folder: string, packagesFrom?: string): Promise<TestNotebook> {
  const executor = await startExecutor({ cwd: folder, packagesFrom });
  const run = async (code: string): Promise<{ outcome: Outcome; outputs: Output[] }> => {
    const outputs: Output[] = [];
    const outcome = await executor.execute(code, { onOutput: (output) => outputs.push(output) });
    return { outcome, outputs };
  };
  const failure = (outcome: Outcome): string =>
    outcome.status === "error" ? renderTraceback(outcome.error).join("\n") : "";
  return {
    executor,
    run,
    value: async (code) => {
      const { outcome, outputs } = await run(code);
      if (outcome.status === "error") throw new Error(failure(outcome));
      const result = outputs.find((output) => output.type === "result");
      return result?.bundle["text/plain"] as string | undefined;
    },
    error: async (code) => failure((await run(code)).outcome),
    printed: async (code) =>
      (await run(code)).outputs.map((o) => (o.type === "stream" ? o.text : "")).join(""),
    close: () => executor.close(),
  };
}
