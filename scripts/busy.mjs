// node scripts/busy.mjs 40 -- npx vitest run test/kernel: runs a command beside so many busy loops, as a machine that is
// shared has them. A test that fails then waits for time and not for an event. Without a command the loops run until Ctrl-C.
import { spawn } from "node:child_process";
import { Worker } from "node:worker_threads";

const [count = "40", separator, command, ...args] = process.argv.slice(2);
const loops = Number(count);
if (!Number.isInteger(loops) || loops < 1 || (separator !== undefined && separator !== "--")) {
  console.error("usage: node scripts/busy.mjs LOOPS [-- COMMAND …]");
  process.exit(2);
}

const loop = "for (let n = 0; ; n++) Math.sqrt(n);";
const workers = Array.from({ length: loops }, () => new Worker(loop, { eval: true }));
console.error(`${loops} busy loops`);

if (command !== undefined) {
  const child = spawn(command, args, { stdio: "inherit" });
  child.on("error", (error) => end(error.message, 1));
  child.on("exit", (code, signal) => end(undefined, signal === null ? (code ?? 1) : 1));
}

function end(message, code) {
  if (message !== undefined) console.error(message);
  workers.forEach((worker) => void worker.terminate());
  process.exit(code);
}
