// Runs 3,000 cells in a kernel without a front end, then 300 of them again, and prints the heaps of its two processes
// in MB after 20, 3,000 and 3,300, as JSON: `node --expose-gc memory.mjs KERNEL.js`.
import { pathToFileURL } from "node:url";

const { Kernel } = await import(pathToFileURL(process.argv[2]).href);
let [onIdle, value, sent] = [() => undefined, "", 0];
const transport = {
  send: async (_, { header, content }) => {
    if (header.msg_type === "execute_result") value = content.data["text/plain"];
    if (header.msg_type === "execute_reply" && content.status !== "ok")
      throw new Error(content.evalue);
    if (content.execution_state === "idle") onIdle();
  },
  close: async () => undefined,
};
const nodeOptions = ["--expose-gc"];
const kernel = new Kernel({ transport, version: "0", cwd: process.cwd(), nodeOptions });

async function run(code) {
  const idle = new Promise((resolve) => (onIdle = resolve));
  const header = { msg_id: String((sent += 1)), msg_type: "execute_request", session: "s" };
  const content = { code, silent: false };
  const message = { identities: [], header, parent: {}, metadata: {}, content, buffers: [] };
  kernel.receive("shell", message);
  await idle;
  return value;
}

const cell = (i) =>
  `const a${i % 50} = ${i}; function f${i % 50}(x: number) { return x * ${i}; } // ${"x".repeat(500)}\n` +
  `console.log(f${i % 50}(2)); await null; a${i % 50}`;
const collect =
  "for (let i = 0; i < 8; i++) { gc(); await new Promise((done) => setTimeout(done, 10)); }";

async function heaps() {
  const executor = Number(await run(`${collect} process.memoryUsage().heapUsed / 2 ** 20`));
  for (let i = 0; i < 8; i++) {
    globalThis.gc();
    await new Promise((done) => setTimeout(done, 10));
  }
  return { server: process.memoryUsage().heapUsed / 2 ** 20, executor };
}

const measured = [];
for (let i = 0; i < 3300; i++) {
  await run(cell(i % 3000));
  if (i === 19 || i === 2999 || i === 3299) measured.push(await heaps());
}
console.log(JSON.stringify(measured));
await kernel.close();
process.exit(0);
