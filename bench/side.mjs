// Our side of a row in a process of its own, of this checkout or of an older one: commands come in and timings go out,
// one line of JSON each. Its peak memory is its own.
import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { root, file } = JSON.parse(process.argv[2]);
const at = (path) => new URL(path, pathToFileURL(`${root}/`));
const { row } = await import(at(`bench/rows/${file}`));
const engine = await engineOf(await import(at("bench/data.mjs")));
const arrays = row.make();
// What the input is made into beforehand is part of the input.
row.prepare?.(arrays);
const before = process.memoryUsage().rss;
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const results = new Map();

say({ title: row.title });
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.run !== undefined) say(await measured(command.run));
  else if (command.save !== undefined) say(saved(command.save));
  else say({ extraMb: process.resourceUsage().maxRSS / 1024 - before / 2 ** 20 });
}
process.exit(0);

/** Since the bench has a file for it; before, every checkout had it in one place. */
async function engineOf(data) {
  if (data.benchEngine !== undefined) return data.benchEngine();
  return (await data.library("compute/workspace.js")).computeEngine;
}

async function measured(jobs) {
  // Results of earlier calls are no memory of the row; small ones are left alone, for a collection costs time too.
  if (process.memoryUsage().rss > before + 150 * 2 ** 20) globalThis.gc?.();
  const cpu = process.cpuUsage();
  const wall = performance.now();
  results.set(jobs, await row.ours(arrays, jobs, engine));
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1000 };
}

function saved({ jobs, path }) {
  const result = Float64Array.from(results.get(jobs));
  writeFileSync(path, new Uint8Array(result.buffer));
  return { saved: result.length };
}
