import { expect, test } from "vitest";
import { Cancelled } from "../../src/core/index.ts";
import { pauses } from "../../src/core/job.ts";
import { Rdm } from "../../src/rdm/index.ts";
import {
  compareRdms,
  evalBootstrap,
  evalBootstrapCrossval,
  evalCrossval,
  mantelTest,
  weightedModel,
} from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";

const draw = random(8);
const rdm = (nItems: number): Rdm =>
  new Rdm(Float64Array.from({ length: (nItems * (nItems - 1)) / 2 }, () => 1 + draw.next()));
const data = [rdm(40), rdm(40), rdm(40), rdm(40)];
const parts = [rdm(40), rdm(40), rdm(40), rdm(40)];
const model = weightedModel(parts, { name: "sum" });

type Job = { readonly signal: AbortSignal; readonly onProgress: false };

/** Jobs that take seconds. */
const long: Record<string, (job: Job) => Promise<unknown>> = {
  // One fold alone takes that long: its search has to pause.
  "evalCrossval, one fit": (job) =>
    evalCrossval(model, data, { method: "spearman", kItems: 1, kRdms: 2, ...job }),
  evalBootstrapCrossval: (job) =>
    evalBootstrapCrossval(model, data, { method: "tau-a", samples: 50, kItems: 2, ...job }),
  evalBootstrap: (job) => evalBootstrap(parts[0], data, { samples: 5000, ...job }),
  "compareRdms, prepared one by one": (job) =>
    compareRdms([rdm(90), rdm(90), rdm(90)], [rdm(90), rdm(90)], { method: "bures", ...job }),
  mantelTest: (job) => mantelTest(rdm(90), rdm(90), { permutations: 1e6, ...job }),
};

test.each(Object.entries(long))("%s: Stop is heard within a turn", async (_, run) => {
  const stop = new AbortController();
  const started = performance.now();
  let stopped = NaN;
  setTimeout(() => {
    stopped = performance.now();
    stop.abort();
  }, 30);
  await expect(run({ signal: stop.signal, onProgress: false })).rejects.toThrow(Cancelled);
  const late = performance.now();
  // Generous for a busy machine; a fit at one go takes seconds.
  expect(stopped - started).toBeLessThan(1500);
  expect(late - stopped).toBeLessThan(1500);
});

test("a pause is due after some ms, and refuses a job that was stopped before", async () => {
  const stop = new AbortController();
  const pause = pauses(stop.signal, "the work");
  expect(pause.due()).toBe(false);
  const until = performance.now() + 12;
  while (performance.now() < until);
  expect(pause.due()).toBe(true);
  let turned = false;
  setTimeout(() => (turned = true), 0);
  while (!turned) await pause.turn();
  expect(pause.due()).toBe(false);
  stop.abort();
  await expect(pause.turn()).rejects.toThrow(/the work.*cancelled|cancelled/);
  expect(() => pauses(stop.signal, "the work")).toThrow(Cancelled);
});
