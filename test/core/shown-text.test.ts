import { describe, expect, test, vi } from "vitest";
import { display, toMimeBundle } from "../../src/core/display.ts";
import { describeValue } from "../../src/core/gate/describe.ts";
import { report, resultMime } from "../../src/core/report.ts";
import { shownText } from "../../src/core/shown-text.ts";

const circle: Record<string, unknown> = { a: 1 };
circle.itself = circle;
const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error("no");
    },
    ownKeys: () => {
      throw new Error("no");
    },
  },
);
let deep: unknown[] = [];
for (let level = 0; level < 100_000; level++) deep = [deep];

const table: readonly (readonly [unknown, string])[] = [
  ["text", "text"],
  [10n, "10n"],
  [[1n, "a"], '[1n,"a"]'],
  [NaN, "NaN"],
  [-0, "-0"],
  [[NaN, Infinity, -0, null, undefined], "[NaN,Infinity,-0,null,undefined]"],
  [{ r: NaN, n: 10n }, '{"r":NaN,"n":10n}'],
  [new Map([["a", 1]]), 'Map {"a": 1}'],
  [new Set([1]), "Set {1}"],
  [Float64Array.of(0.5, 1), "[0.5,1]"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [new Date(NaN), "Invalid Date"],
  [Object.create(null), "{}"],
  [Symbol("x"), "Symbol(x)"],
  [undefined, "undefined"],
  [circle, '{"a":1,"itself":(itself)}'],
  [{ toJSON: () => 5 }, "5"],
  [hostile, "(a value that cannot be shown)"],
  [new TypeError("no"), "TypeError: no"],
];

describe("any value has a text", () => {
  test.each(table)("%#", async (value, expected) => {
    expect(shownText(value)).toBe(expected);
    expect(await toMimeBundle(value)).toEqual({ "text/plain": expected });
  });
  test("a long list says how long it is, a deep one ends", () => {
    expect(shownText(new Float64Array(1_000_000))).toMatch(/,0, … 999000 more\]$/);
    expect(shownText(deep)).toMatch(/^\[+…\]+$/);
    let laughs: unknown = 1;
    for (let level = 0; level < 100; level++) laughs = [laughs, laughs];
    expect(shownText(laughs).length).toBeLessThan(200_000);
  });
  test("display and report print it", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await display(10n);
    report("p", NaN);
    expect(log.mock.calls).toEqual([["10n"], ["p: NaN"]]);
    log.mockRestore();
  });
});

test("numbers that JSON does not know are recorded in words, not as null", () => {
  const seen: unknown[] = [];
  const key = Symbol.for("Jupyter.hook");
  const host = globalThis as Record<symbol, unknown>;
  host[key] = { display: (bundle: Record<string, unknown>) => seen.push(bundle[resultMime]) };
  const value = { p: NaN, list: [1, -Infinity], text: "NaN", none: null };
  report("r", value);
  host[key] = undefined;
  const wanted = { p: "NaN", list: [1, "-Infinity"], text: "NaN", none: null };
  expect(seen).toEqual([{ name: "r", value: wanted }]);
  expect(value.p).toBeNaN();
});

test("a notebook is told of what is shown later, so that its cell waits", async () => {
  const [seen, works]: [unknown[], Promise<void>[]] = [[], []];
  const key = Symbol.for("Jupyter.hook");
  const host = globalThis as Record<symbol, unknown>;
  host[key] = {
    display: (bundle: unknown) => seen.push(bundle),
    later: (work: Promise<void>) => works.push(work),
  };
  void display(7);
  expect(works).toHaveLength(1);
  await works[0];
  host[key] = undefined;
  expect(seen).toEqual([{ "text/plain": "7" }]);
});

describe("a message describes any value", () => {
  test.each([
    [Object.create(null), "an object without keys"],
    [hostile, "an object that cannot be looked at"],
    [10n ** 100n, `1${"0".repeat(59)}…n`],
    [-0, "-0"],
    [{ constructor: 5 }, "an object with constructor"],
  ])("%#", (value, expected) => expect(describeValue(value)).toBe(expected));
});
