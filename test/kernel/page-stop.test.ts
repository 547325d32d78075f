import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StopNumbers } from "../../web/site/stop-numbers.ts";
import {
  clearSign,
  hearStop,
  isAskedToStop,
  watchSign,
} from "../../kernel/platform/page/stop-flag.ts";
import { stopTeller } from "../../kernel/platform/page/stop-teller.ts";

const address = "https://here/__stop?id=7";

/** The service worker, and a clock that moves by itself from one question to the next. */
let numbers = new StopNumbers();
let questions = 0;
let now = 0;

function tell(number: number, id = "7"): void {
  numbers.answer(new URLSearchParams({ id, number: String(number) }));
}

beforeEach(() => {
  numbers = new StopNumbers();
  questions = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 300));
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      status = 200;
      responseText = "";
      #query = new URLSearchParams();
      open(_method: string, asked: string, isAsync: boolean): void {
        expect(isAsync).toBe(false);
        this.#query = new URL(asked).searchParams;
      }
      send(): void {
        questions += 1;
        this.responseText = numbers.answer(this.#query);
      }
    },
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a Stop that the service worker was told of is heard, and stays until it is over", () => {
  watchSign({ address, after: 0 });
  expect(isAskedToStop()).toBe(false);
  tell(1);
  expect([isAskedToStop(), isAskedToStop(), questions]).toEqual([true, true, 2]);
  clearSign();
  expect(isAskedToStop()).toBe(false);
});

test("a Stop that is over is no Stop of the next cell, whatever of it comes late", () => {
  watchSign({ address, after: 0 });
  tell(1);
  expect(isAskedToStop()).toBe(true);
  clearSign();
  tell(1);
  expect([hearStop(1), isAskedToStop()]).toEqual([false, false]);
  expect([hearStop(2), isAskedToStop()]).toEqual([true, true]);
  clearSign();
  tell(1);
  tell(3);
  expect(isAskedToStop()).toBe(true);
});

test("a Stop that came as a message is over for the service worker too", () => {
  watchSign({ address, after: 0 });
  tell(1);
  expect(hearStop(1)).toBe(true);
  clearSign();
  expect(isAskedToStop()).toBe(false);
});

test("a new worker hears nothing of the Stops before it", () => {
  tell(4);
  watchSign({ address, after: 4 });
  expect(isAskedToStop()).toBe(false);
  tell(5);
  expect(isAskedToStop()).toBe(true);
});

test("shared memory says the same without a question", () => {
  const shared = new SharedArrayBuffer(4);
  watchSign({ shared, after: 0 });
  expect(isAskedToStop()).toBe(false);
  new Int32Array(shared)[0] = 1;
  expect(isAskedToStop()).toBe(true);
  clearSign();
  expect([isAskedToStop(), questions]).toEqual([false, 0]);
});

test("an address is not asked more often than four times a second", () => {
  watchSign({ address, after: 0 });
  vi.spyOn(performance, "now").mockReturnValue((now += 300));
  isAskedToStop();
  isAskedToStop();
  expect(questions).toBe(1);
});

test("a service worker that was ended forgets, and is told again until the Stop is over", () => {
  const waiting: (() => void)[] = [];
  const next = (): void => waiting.shift()?.();
  const told: number[] = [];
  const stops = stopTeller(
    (number) => Promise.resolve(told.push(number)),
    (work) => void waiting.push(work),
  );
  stops.tell(1);
  next();
  expect(told).toEqual([1, 1]);
  stops.over();
  next();
  expect([told.length, waiting.length]).toEqual([2, 0]);
  stops.tell(2);
  stops.tell(3);
  next();
  next();
  expect(told).toEqual([1, 1, 2, 3, 3]);
});

test("each kernel has its own Stops, and an older number changes nothing", () => {
  tell(2);
  tell(1);
  tell(9, "other");
  expect(numbers.answer(new URLSearchParams({ id: "7" }))).toBe("2");
  expect(numbers.answer(new URLSearchParams({ id: "none" }))).toBe("0");
});
