import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stdin-"));
let executor: Executor;
let answers: string[] = [];
let running = 0;

beforeAll(async () => {
  executor = await startExecutor({
    cwd: folder,
    // As the server: only the cell that runs may ask.
    onInput: ({ id, cell }) =>
      executor.answer(
        id,
        cell === running ? { value: answers.shift() ?? "" } : { refused: "late" },
      ),
  });
});

afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a cell whose questions are answered in turn; returns what it printed, or why it failed. */
async function run(code: string, ...given: string[]): Promise<string> {
  let printed = "";
  answers = given;
  running += 1;
  const outcome = await executor.execute(code, {
    onOutput: (output) => void (printed += output.type === "stream" ? output.text : ""),
  });
  return outcome.status === "error" ? outcome.error.evalue : printed;
}

test("each cell reads what its own user types, one right after another", async () => {
  const question =
    "import * as readline from 'node:readline/promises'; import { stdin as input } from 'node:process'; const ask = readline.createInterface({ input }); console.log(await ask.question('')); ask.close();";
  for (const answer of ["a", "b", "c"]) expect(await run(question, answer)).toBe(`${answer}\n`);
});

test("a loop over it that is left ends it for that cell only", async () => {
  const loop =
    "for await (const line of process.stdin) { console.log('got', String(line).trim()); break }";
  expect(await run(loop, "x")).toBe("got x\n");
  expect(await run(loop, "y")).toBe("got y\n");
  const lines =
    "import events from 'node:readline'; const lines = events.createInterface(process.stdin); lines.on('line', (l) => { console.log(l); if (l === 'quit') lines.close() }); await new Promise((r) => lines.on('close', r))";
  expect(await run(lines, "1", "2", "quit")).toBe("1\n2\nquit\n");
});
