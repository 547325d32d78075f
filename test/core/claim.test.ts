import { afterEach, expect, test, vi } from "vitest";
import { claim, ClaimFailed, InvalidArgument, report } from "../../src/core/index.ts";
import { valueText } from "../../src/core/value-text.ts";

const hook = Symbol.for("Jupyter.hook");
const store = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete store[hook];
  vi.restoreAllMocks();
});

function shownBy(work: () => void): Record<string, unknown>[] {
  const shown: Record<string, unknown>[] = [];
  store[hook] = { display: (bundle: Record<string, unknown>) => shown.push(bundle) };
  work();
  return shown;
}

test("a claim that holds is shown with a tick, and counted by who runs the notebook", () => {
  const [bundle] = shownBy(() => claim("a < b & so on", true));
  expect(bundle["application/vnd.tsrsa.claim+json"]).toEqual({
    text: "a < b & so on",
    holds: true,
  });
  expect(bundle["text/html"]).toContain("✓ a &lt; b &amp; so on");
});

test("a claim that does not hold is shown as false, and stops the run", () => {
  let error: unknown;
  const [bundle] = shownBy(() => {
    try {
      claim("pixels come last", false);
    } catch (thrown) {
      error = thrown;
    }
  });
  expect(error).toBeInstanceOf(ClaimFailed);
  expect((error as ClaimFailed).message).toContain("pixels come last");
  expect(bundle["text/plain"]).toBe("✗ pixels come last");
});

test.each([NaN, 1, 0, undefined, null, "yes", [true]])("%s is neither true nor false", (holds) => {
  expect(() => claim("text", holds as unknown as boolean)).toThrow(InvalidArgument);
});

test("a claim without words is refused", () => {
  expect(() => claim("", true)).toThrow(InvalidArgument);
});

test.each([
  [0.06308247098777502, "0.0631"],
  [0.46, "0.46"],
  [-0.123456, "−0.1235"],
  [12.76123, "12.76"],
  [1234.56789, "1235"],
  [1780, "1780"],
  [101025, "101,025"],
  [0, "0"],
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [1.23456e-7, "1.235e−7"],
  [{ timeS: 0.277273, score: 0.05 }, "time 0.2773 s, score 0.05"],
  [{ radiusMm: 15, voxels: 81 }, "radius 15 mm, voxels 81"],
  [{ mm: [38.5, -50, -15] }, "mm (38.5, −50, −15)"],
  [{ S: 1 }, "S 1"],
  ["text", "text"],
  [true, "true"],
  [null, "null"],
])("%s is written %s", (value, text) => expect(valueText(value)).toBe(text));

test("a result keeps all its digits where a machine reads it", () => {
  const [bundle] = shownBy(() => report("peak", 0.06308247098777502));
  expect(bundle["application/vnd.tsrsa.result+json"]).toEqual({
    name: "peak",
    value: 0.06308247098777502,
  });
  expect(bundle["text/plain"]).toBe("peak: 0.0631");
});
