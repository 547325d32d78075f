import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Display } from "../../../kernel/tslab/tslab.ts";
import * as ours from "../../../kernel/tslab/tslab.ts";

const require = createRequire(join(import.meta.dirname, "../../../notebooks/cells.js"));
const stock = require("tslab") as typeof ours;
const jupyter = require("tslab/dist/jupyter.js") as { lastWriteDisplayData: unknown };
const hookName = Symbol.for("Jupyter.hook");

interface Message {
  readonly data: unknown;
  /** Which of the displays of a call list it replaces, by order of appearance. */
  readonly id: string | undefined;
  readonly update: boolean;
}

const fromStock: Message[] = [];
const fromOurs: Message[] = [];

interface DisplayData {
  readonly data: unknown;
  readonly transient: { readonly display_id?: string };
}

beforeAll(() => {
  jupyter.lastWriteDisplayData = ({ data, transient }: DisplayData, update?: boolean) =>
    fromStock.push({ data, id: transient.display_id, update: update === true });
  const display = (
    data: unknown,
    { displayId: id, update }: { displayId?: string; update?: boolean },
  ) => fromOurs.push({ data, id, update: update === true });
  Object.defineProperty(globalThis, hookName, { value: { display }, configurable: true });
});

afterAll(() => {
  Reflect.deleteProperty(globalThis, hookName);
});

/** The messages of both after the same calls, with ids named in order. */
function messages(calls: (tslab: typeof ours) => void): [Message[], Message[]] {
  const read = (list: Message[], tslab: typeof ours): Message[] => {
    list.length = 0;
    calls(tslab);
    const ids = [...new Set(list.map(({ id }) => id))];
    return list.map((one) => ({ ...one, id: one.id && `id ${ids.indexOf(one.id)}` }));
  };
  return [read(fromOurs, ours), read(fromStock, stock)];
}

const text = ["javascript", "html", "markdown", "latex", "svg", "text"] as const;
const binary = ["png", "jpeg", "gif", "pdf"] as const;

describe("the module of tslab 1.0.22 and ours send the same messages", () => {
  test.each(text)("%s", (method) => {
    const [a, b] = messages(({ display }) => display[method]("<é>\n"));
    expect(a).toEqual(b);
    expect(a.length).toBe(1);
  });

  test.each(binary)("%s", (method) => {
    const whole = Uint8Array.of(0, 1, 2, 253, 254, 255);
    const [a, b] = messages(({ display }) => {
      display[method](whole);
      display[method](whole.subarray(1, 3));
      display[method](Buffer.from("text"));
      display[method]("already text" as never);
    });
    expect(a).toEqual(b);
    expect(a.length).toBe(4);
  });

  test("raw", () => {
    const [a, b] = messages(({ display }) => {
      display.raw("x/y", "text");
      display.raw("application/octet-stream", Uint8Array.of(9));
    });
    expect(a).toEqual(b);
  });

  test("newDisplay shows once and then replaces, each its own", () => {
    const [a, b] = messages(({ newDisplay, display }) => {
      const [one, two] = [newDisplay(), newDisplay()];
      one.text("1");
      two.html("2");
      one.png(Uint8Array.of(1));
      display.text("plain");
      two.text("3");
    });
    expect(a).toEqual(b);
    expect(a.map(({ update }) => update)).toEqual([false, false, true, false, true]);
    expect(a[0].id).toMatch(/^id/);
  });

  test("the names, and the version whose functions they are", () => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(stock).sort());
    expect(ours.versions.tslab).toBe(stock.versions.tslab);
    expect(ours.versions.node).toBe(stock.versions.node);
    expect(ours.versions.typescript).toMatch(/^\d+\.\d+\.\d+$/);
    const methods = (display: Display): string[] =>
      [...text, ...binary, "raw"].filter((name) => typeof display[name as "raw"] === "function");
    expect(methods(ours.display)).toEqual(methods(stock.display));
    expect(methods(ours.newDisplay()).length).toBe(11);
  });

  test("without a kernel both say that they are not ready", () => {
    const hook = Object.getOwnPropertyDescriptor(globalThis, hookName) ?? {};
    const { lastWriteDisplayData } = jupyter;
    Reflect.deleteProperty(globalThis, hookName);
    jupyter.lastWriteDisplayData = null;
    expect(() => ours.display.text("x")).toThrow("Not ready");
    expect(() => stock.display.text("x")).toThrow("Not ready");
    jupyter.lastWriteDisplayData = lastWriteDisplayData;
    Object.defineProperty(globalThis, hookName, hook);
  });
});
