import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { matTexts, openHdf5, readMat } from "../../../src/io/index.ts";
import { Patience } from "../../../src/io/hdf5/patience.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function burn(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

test("a main thread that was held up is no reason to give up a file", async () => {
  const giveUp = vi.fn();
  const patience = new Patience(undefined, giveUp);
  patience.start(900);
  burn(1500);
  await pause(0);
  expect(giveUp).not.toHaveBeenCalled();
  patience.stop();
});

test("waiting without processor time is no reason either; working without reading is", async () => {
  const giveUp = vi.fn();
  const reads = new Int32Array(new SharedArrayBuffer(4));
  const patience = new Patience(reads, giveUp);
  patience.start(600);
  await pause(1500);
  expect(giveUp).not.toHaveBeenCalled();
  for (let n = 0; n < 40 && giveUp.mock.calls.length === 0; n++) {
    burn(240);
    if (n < 8) reads[0]++;
    if (n === 8) expect(giveUp).not.toHaveBeenCalled();
    await pause(15);
  }
  expect(giveUp).toHaveBeenCalledOnce();
});

test("2,000 cells of MATLAB 7.3 take time in proportion to their number", async () => {
  // Made by the script of a public bug report: names of stimuli, each behind a reference.
  const packed = readFileSync(new URL("../../fixtures/mat/cell2000.mat.gz", import.meta.url));
  const bytes = new Uint8Array(gunzipSync(packed));
  await (await openHdf5(bytes)).close();
  const before = process.cpuUsage();
  const names = (await readMat(bytes)).get("names");
  const { user, system } = process.cpuUsage(before);
  expect(names === undefined ? [] : matTexts(names)).toEqual(
    Array.from({ length: 2000 }, (_, at) => `stimulus_${String(at).padStart(5, "0")}.jpg`),
  );
  // 0.5 s, where it was 24.
  expect((user + system) / 1e6).toBeLessThan(5);
}, 120_000);
