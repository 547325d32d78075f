import process from "node:process";
import { notebookNames } from "../notebook-names.ts";
import type { Magic } from "./magic.ts";

export const capture: Magic = {
  name: "capture",
  summary: "keep what the cell prints to itself, or in a name: %%capture printed",
  run: async ({ text, body }) => {
    const printed = { stdout: "", stderr: "" };
    const restore = (["stdout", "stderr"] as const).map((name) => divert(name, printed));
    try {
      return await body();
    } finally {
      restore.forEach((undo) => undo());
      const name = text.trim();
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))
        notebookNames.set(name, printed, "cell");
    }
  },
};

function divert(name: "stdout" | "stderr", printed: Record<string, string>): () => void {
  const stream = process[name];
  const before = Object.getOwnPropertyDescriptor(stream, "write");
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    printed[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((one) => typeof one === "function") as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  Object.defineProperty(stream, "write", { value: write, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(stream, "write");
    else Object.defineProperty(stream, "write", before);
  };
}
