import type { ExecutorFrame } from "../../executor/protocol.ts";

// The code of a cell may replace what is global.
const post = self.postMessage.bind(self);

/** Sends a frame to the worker that runs the kernel. */
export function send(frame: ExecutorFrame): void {
  try {
    post(frame);
  } catch {
    // A bundle may hold values that cannot be copied, such as functions; JSON leaves those out.
    post(JSON.parse(JSON.stringify(frame)));
  }
}
