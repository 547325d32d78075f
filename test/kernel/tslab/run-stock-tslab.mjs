// Runs cells in stock tslab without Jupyter: a JSON list of sources on stdin, what happened on stdout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "cells.js"));
const { createConverter } = require("tslab/dist/converter.js");
const { createExecutor } = require("tslab/dist/executor.js");
const jupyter = require("tslab/dist/jupyter.js");

const shown = [];
jupyter.lastWriteDisplayData = ({ data, transient }, update) =>
  shown.push({ data, id: transient.display_id, update: update === true });
const node = createConverter({});
const values = [];
const errors = [];
const executor = createExecutor(
  process.cwd(),
  { node, browser: node, close: () => undefined },
  {
    log: (value) => values.push(String(value)),
    error: (...parts) => errors.push(parts.map(String).join(" ")),
  },
);
const ok = [];
for (const cell of JSON.parse(readFileSync(0, "utf8"))) {
  ok.push(await executor.execute(cell));
  if (!ok.at(-1)) break;
}
node.close();
process.stdout.write(`\n${JSON.stringify({ ok, values, errors, shown })}`, () => process.exit());
