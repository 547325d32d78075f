import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WarmUp } from "../../../kernel/server/warm-up.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is slow starts once, and not while a cell runs", () => {
  let busy = true;
  const start = vi.fn();
  const warmUp = new WarmUp({ isBusy: () => busy, start });
  warmUp.want();
  warmUp.want();
  vi.advanceTimersByTime(1000);
  expect(start).not.toHaveBeenCalled();
  busy = false;
  vi.advanceTimersByTime(150);
  warmUp.want();
  vi.advanceTimersByTime(5000);
  expect(start).toHaveBeenCalledTimes(1);
});

test("beside a cell that never ends it starts all the same", () => {
  const start = vi.fn();
  new WarmUp({ isBusy: () => true, start }).want();
  vi.advanceTimersByTime(10_000);
  expect(start).toHaveBeenCalledTimes(1);
});
