/**
 * What a worker runs. It is text, not a file: a file's address is lost in bundles and while TypeScript runs from
 * source, whereas text starts the same way in Node, in a notebook kernel, in a browser and in a test.
 *
 * Everything it computes is a kernel of the wasm module it is sent, on the memory it is sent. Blocks are taken from a
 * counter in that memory: cells[at] is the next block, cells[at + 1] how many are done.
 */
export const workerScript = `"use strict";
const inNode = typeof require === "function" && typeof process === "object";
const port = inNode ? require("node:worker_threads").parentPort : self;
let kernels;
let cells;
async function receive(message) {
  if (message.module !== undefined) {
    const imports = { env: { memory: message.memory } };
    kernels = (await WebAssembly.instantiate(message.module, imports)).exports;
    cells = new Int32Array(message.memory.buffer);
    port.postMessage({ ready: true });
    return;
  }
  const { kernel, params, scratch, at, nBlocks } = message;
  try {
    for (;;) {
      const block = Atomics.add(cells, at, 1);
      if (block >= nBlocks) break;
      kernels[kernel](params, block, scratch);
      Atomics.add(cells, at + 1, 1);
    }
    port.postMessage({ done: true });
  } catch (error) {
    Atomics.store(cells, at, nBlocks);
    port.postMessage({ done: true, error });
  }
}
if (inNode) port.on("message", receive);
else self.onmessage = (event) => receive(event.data);
`;
