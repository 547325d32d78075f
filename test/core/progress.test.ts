import { afterEach, expect, test, vi } from "vitest";
import type { DisplayHook, MimeBundle } from "../../src/core/display.ts";
import { progress, reporter } from "../../src/core/progress.ts";

const key = Symbol.for("Jupyter.hook");
const slots = globalThis as Record<symbol, DisplayHook | undefined>;

afterEach(() => {
  slots[key] = undefined;
  vi.useRealTimers();
});

function recordDisplays(): { bundle: MimeBundle; displayId?: string; update?: boolean }[] {
  const shown: { bundle: MimeBundle; displayId?: string; update?: boolean }[] = [];
  slots[key] = { display: (bundle, options) => shown.push({ bundle, ...options }) };
  return shown;
}

test("in a notebook it is one display that updates itself, at most ten times a second", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const shown = recordDisplays();
  const line = progress("windows", 1000);
  for (let i = 1; i <= 1000; i++) {
    vi.advanceTimersByTime(1);
    line.update(i);
  }
  line.finish();
  expect(shown.length).toBeGreaterThanOrEqual(9);
  expect(shown.length).toBeLessThanOrEqual(12);
  expect(new Set(shown.map(({ displayId }) => displayId)).size).toBe(1);
  expect(shown.map(({ update }) => update)).toEqual(shown.map((_, at) => at > 0));
  expect(shown.at(-1)?.bundle["text/plain"]).toBe("windows: 1000/1000 · 1000/s · 1.0 s");
  expect(shown.at(-1)?.bundle["text/html"]).toContain('<progress value="1000" max="1000">');
});

test("two jobs have two lines", () => {
  const shown = recordDisplays();
  progress("a", 1).finish();
  progress("b", 1).finish();
  expect(new Set(shown.map(({ displayId }) => displayId)).size).toBe(2);
});

test("a callback is told every step once, and false tells nothing", () => {
  const told: number[] = [];
  const line = reporter({ onProgress: ({ done, total }) => told.push(done / total) }, "x", 2);
  line.update(1);
  line.update(1);
  line.update(2);
  line.finish();
  expect(told).toEqual([0.5, 1]);
  const shown = recordDisplays();
  reporter({ onProgress: false }, "x", 2).finish();
  expect(shown).toEqual([]);
});

test("true is the live line that undefined is", () => {
  const shown = recordDisplays();
  reporter({ onProgress: true }, "x", 2).finish();
  expect(shown.at(-1)?.bundle["text/plain"]).toMatch(/^x: 2\/2/);
});

test("outside a notebook a short job is silent and a long one says every tenth", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  progress("short", 3).finish();
  expect(error).not.toHaveBeenCalled();
  const line = progress("long", 100);
  for (let i = 1; i <= 100; i++) {
    vi.advanceTimersByTime(120);
    line.update(i);
  }
  line.finish();
  expect(error.mock.calls.length).toBe(10);
  error.mockRestore();
});

test("a job that is finished shows all of it done, whenever it told last", () => {
  const shown = recordDisplays();
  const line = reporter({}, "permuting", 1000);
  line.update(995);
  line.finish();
  expect(JSON.stringify(shown.at(-1))).toContain("1000/1000");
  const endless = reporter({}, "reading", Infinity);
  endless.update(3);
  endless.finish();
  expect(JSON.stringify(shown.at(-1))).not.toContain("Infinity/");
});
