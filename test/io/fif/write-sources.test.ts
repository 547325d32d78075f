import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import {
  readFifCovariance,
  readFifInfo,
  readFifInverse,
  readFifSourceSpaces,
  writeFifInverse,
  writeFifSourceSpaces,
} from "../../../src/io/index.ts";
import { applyInverse, readEpochs, readInverse } from "../../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-sources-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = fileURLToPath(new URL("../../fixtures/surface/sources", import.meta.url));
const of = (pattern: RegExp) => readdirSync(fixtures).filter((name) => pattern.test(name));
const spaces = of(/-src\.fif(\.gz)?$/).filter((name) => !/vol/.test(name));
const operators = of(/-inv\.fif(\.gz)?$/).filter((name) => !/vol/.test(name));
const epochs = join(fixtures, of(/-epo\.fif$/)[0]);

test("there is something to write", () => {
  expect([spaces.length > 1, operators.length > 1]).toEqual([true, true]);
});

test.each(spaces)("the source space %s is read back as it was written", async (name) => {
  const before = await readFifSourceSpaces(join(fixtures, name));
  await writeFifSourceSpaces(join(folder, name), before);
  expect(await readFifSourceSpaces(join(folder, name))).toEqual(before);
});

test("patches are written with how far they reach, which MNE asks for: straight where it is untold", async () => {
  const read = await readFifSourceSpaces(join(fixtures, "patches-src.fif"));
  // As MNE reads them.
  expect(read[0].nearestM?.[0]).toBeCloseTo(0.01405587, 7);
  expect(read[0].nearestM?.[1]).toBeCloseTo(0.01185928, 7);
  const untold = read.map((space) => ({ ...space, nearestM: undefined }));
  await writeFifSourceSpaces(join(folder, "untold-src.fif"), untold);
  const [{ nearestM }] = await readFifSourceSpaces(join(folder, "untold-src.fif"));
  expect(nearestM?.[0]).toBeCloseTo(0.01323949, 7);
  expect(nearestM?.[1]).toBeCloseTo(0.00977046, 7);
});

describe.each(operators)("the inverse operator %s", (name) => {
  test("is read back as it was written, and estimates the same", async () => {
    const before = await readFifInverse(join(fixtures, name));
    await writeFifInverse(join(folder, name), before, await readFifInfo(epochs));
    const after = await readFifInverse(join(folder, name));
    expect(after).toEqual({ ...before, notes: after.notes });
    // The whole covariance of the noise, which MNE reads beside its eigenvalues; those have the projections in them.
    const [noise, original] = await Promise.all(
      [join(folder, name), join(fixtures, name)].map((path) => readFifCovariance(path)),
    );
    expect(noise.names).toEqual(original.names);
    const most = original.data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const off = noise.data.map((value, at) => Math.abs(value - original.data[at]) / most);
    if (before.projections.length === 0)
      expect(off.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-6);
    const data = await readEpochs(epochs, { applyProjections: false });
    if (!before.channels.every((channel) => data.channelNames.includes(channel))) return;
    const meg = before.methods === "meg";
    if (!meg) return;
    const [one, two] = await Promise.all(
      [join(fixtures, name), join(folder, name)].map(async (path) =>
        applyInverse(data, await readInverse(path), { orientation: "length" }),
      ),
    );
    expect(Array.from(two.data.data)).toEqual(Array.from(one.data.data));
  });
});

test("what cannot be written is refused", async () => {
  const at = join(folder, "refused-inv.fif");
  const inverse = await readFifInverse(join(fixtures, operators[0]));
  const info = await readFifInfo(epochs);
  const [first, ...others] = info.channels;
  await expect(
    writeFifInverse(at, { ...inverse, channels: [first.name] }, { ...info, channels: others }),
  ).rejects.toThrow("fields of");
  await expect(writeFifInverse(at, inverse, { ...info, channels: [first] })).rejects.toThrow(
    "the recording that the operator is for",
  );
  await expect(
    writeFifInverse(at, { ...inverse, sourceVariances: Float64Array.of(1) }, info),
  ).rejects.toThrow("source variances");
  await expect(writeFifInverse(at, { ...inverse, spaces: [] }, info)).rejects.toThrow("sources in");
  const [space] = inverse.spaces;
  const src = join(folder, "refused-src.fif");
  await expect(writeFifSourceSpaces(src, [])).rejects.toThrow("one or more");
  await expect(writeFifSourceSpaces(src, [{ ...space, kind: "volume" }])).rejects.toThrow("volume");
  await expect(
    writeFifSourceSpaces(src, [{ ...space, vertices: Int32Array.of(5, 4) }]),
  ).rejects.toThrow("ascending");
  await expect(
    writeFifSourceSpaces(src, [
      { ...space, normals: { data: new Float64Array(3), shape: [1, 3] } },
    ]),
  ).rejects.toThrow("normals");
});
