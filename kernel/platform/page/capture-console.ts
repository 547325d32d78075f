import { writeText } from "../../executor/streams.ts";
import type { StreamName } from "../../executor/streams.ts";
import { process } from "./node/process.ts";
import { format } from "./node/util.ts";

const toErrors = new Set(["error", "warn", "trace", "assert"]);

/** Takes over `console`, which writes as Node's does. */
export function captureConsole(): void {
  process.stdout.write = (text) => (writeText("stdout", text), true);
  process.stderr.write = (text) => (writeText("stderr", text), true);
  let indent = "";
  const print = (name: StreamName, values: readonly unknown[]): void => {
    const text = `${format(...values)}\n`;
    process[name].write(indent === "" ? text : text.replace(/^(?=.)/gm, indent));
  };
  const labels = new Map<string, number>();
  const own: Partial<Console> = {
    assert: (isTrue, ...values) => {
      if (!isTrue) print("stderr", ["Assertion failed", ...values]);
    },
    group: (...values) => {
      if (values.length > 0) print("stdout", values);
      indent += "  ";
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    time: (label = "default") => void labels.set(label, performance.now()),
    timeEnd: (label = "default") => {
      const since = labels.get(label);
      if (since !== undefined)
        print("stdout", [`${label}: ${(performance.now() - since).toFixed(3)}ms`]);
    },
    dir: (value) => print("stdout", [value]),
  };
  for (const name of ["log", "info", "debug", "table", "error", "warn", "trace"] as const)
    own[name] = (...values: unknown[]) => print(toErrors.has(name) ? "stderr" : "stdout", values);
  Object.assign(console, own);
}
