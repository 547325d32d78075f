import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc } from "../../support/fast-check.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nameChannel } from "../../../src/io/fif/channels.ts";
import { openFifEpochs, readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import {
  encodeFifEpochs,
  writeFifEpochs,
  writeFifEpochStream,
} from "../../../src/io/fif/write-epochs.ts";
import { encodeFifEvokeds, writeFifEvokeds } from "../../../src/io/fif/write-evokeds.ts";
import type { FifEpochs } from "../../../src/io/fif/types.ts";
import { fixture } from "./fixtures.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsrsa-fif-"));
});
afterEach(() => rm(folder, { recursive: true }));

const files = ["single-epo.fif", "gz-epo.fif.gz", "complex-epo.fif", "double-epo.fif"];

describe.each(files)("%s", (name) => {
  const read = () => readFifEpochs(fixture(name), { applyProjections: false });

  test("written as double it reads back equal", async () => {
    const epochs = await read();
    const bytes = await encodeFifEpochs(epochs, { format: "double" });
    expect(await readFifEpochs(bytes, { applyProjections: false })).toEqual(epochs);
  });

  test("written as single it reads back as float32 times the calibration", async () => {
    const epochs = await read();
    const cals = epochs.info.channels.map(({ cal }) => cal);
    const nTimes = epochs.times.length;
    const rounded = (values: Float64Array) =>
      values.map((value, i) => {
        const cal = cals[Math.floor(i / nTimes) % cals.length];
        return Math.fround(value / cal) * cal;
      });
    const imaginary = epochs.imaginary && rounded(epochs.imaginary);
    const want = { ...epochs, data: rounded(epochs.data), imaginary };
    const bytes = await encodeFifEpochs(epochs, { format: "single" });
    expect(await readFifEpochs(bytes, { applyProjections: false })).toEqual(want);
    // Data that came from float32 lose nothing.
    const exact = name.startsWith("single") || name.startsWith("gz");
    expect(want.data.every((value, i) => value === epochs.data[i])).toBe(exact);
  });

  test("written to a file epoch by epoch, packed or not, reads back equal", async () => {
    const epochs = await read();
    for (const target of ["copy-epo.fif", "copy-epo.fif.gz"]) {
      const reader = await openFifEpochs(fixture(name), { applyProjections: false });
      const each = async function* () {
        for (let i = 0; i < reader.nEpochs; i++) yield reader.read({ epochs: [i] });
      };
      const path = join(folder, target);
      await writeFifEpochStream(path, reader, each(), { format: "double" });
      await reader.close();
      expect(await readFifEpochs(path, { applyProjections: false })).toEqual(epochs);
    }
    expect((await readdir(folder)).sort()).toEqual(["copy-epo.fif", "copy-epo.fif.gz"]);
  });
});

test("evokeds written read back equal", async () => {
  const evokeds = await readFifEvokeds(fixture("two-ave.fif"));
  for (const format of ["single", "double"] as const)
    expect(await readFifEvokeds(encodeFifEvokeds(evokeds, { format }))).toEqual(evokeds);
  for (const target of ["copy-ave.fif", "copy-ave.fif.gz"]) {
    await writeFifEvokeds(join(folder, target), evokeds);
    expect(await readFifEvokeds(join(folder, target))).toEqual(evokeds);
  }
});

test("any epochs written as double read back equal", async () => {
  const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
  const cal = float32.filter((value) => Math.abs(value) > 1e-20 && Math.abs(value) < 1e20);
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
  const name = text.filter((value) => !/[\0;]|\{COLON\}|&#\d+;/.test(value));
  const cells = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const model = fc.record({
    names: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    cals: fc.array(cal, { minLength: 4, maxLength: 4 }),
    stored: fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
      minLength: 24,
      maxLength: 24,
    }),
    events: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    columns: fc.uniqueArray(fc.string(), { maxLength: 3 }),
    cells: fc.array(
      cells.map((v) => (v === 0 ? 0 : v)),
      { minLength: 6, maxLength: 6 },
    ),
    first: fc.integer({ min: -100, max: 100 }),
  });
  await fc.assert(
    fc.asyncProperty(model, async (m) => {
      const epochs = build(m);
      expect(await readFifEpochs(await encodeFifEpochs(epochs, { format: "double" }))).toEqual(
        epochs,
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

interface Model {
  names: string[];
  cals: number[];
  stored: number[];
  events: string[];
  columns: string[];
  cells: (string | number)[];
  first: number;
}

// Two epochs of three samples.
function build(m: Model): FifEpochs {
  const channels = m.names.map((name, i) =>
    nameChannel({
      name,
      kind: 2,
      unitCode: 107,
      unitMul: 0,
      coilType: 1,
      coordFrame: i % 2 === 0 ? 4 : 0,
      loc: new Float64Array(12),
      cal: m.cals[i],
      range: 1,
      scanNumber: i + 1,
      logicalNumber: i,
    }),
  );
  const size = channels.length * 3;
  const data = Float64Array.from(
    m.stored.slice(0, 2 * size),
    (value, i) => value * m.cals[Math.floor((i % size) / 3)],
  );
  const columns = new Map(m.columns.map((c, i) => [c, [m.cells[2 * i], m.cells[2 * i + 1]]]));
  const byName = (a: string, b: string) => m.columns.indexOf(a) - m.columns.indexOf(b);
  return {
    info: {
      channels,
      sfreq: 50,
      highpass: undefined,
      lowpass: 20,
      lineFreq: undefined,
      measDate: [5, 6],
      description: undefined,
      bads: [m.names[0]],
      projections: [],
      devHeadTrans: undefined,
      digitization: [{ kind: 1, ident: 2, position: [0, 0.5, 1] }],
      customReference: 1,
    },
    firstSample: m.first,
    lastSample: m.first + 2,
    times: Float64Array.from([0, 1, 2], (i) => (m.first + i) / 50),
    events: Int32Array.of(10, 0, 1, 20, 0, 2),
    eventId: new Map(m.events.map((name, i) => [name, i])),
    selection: Int32Array.of(0, 2),
    dropLog: [[], ["BAD_blink", "ä中"], []],
    metadata: { names: [...columns.keys()].sort(byName), columns, nRows: 2 },
    baseline: undefined,
    rawSfreq: 100,
    data,
    imaginary: undefined,
    shape: [2, channels.length, 3],
  };
}

test("what the format cannot hold is refused, and no file is left", async () => {
  const epochs = await readFifEpochs(fixture("single-epo.fif"));
  const path = join(folder, "copy-epo.fif");
  const channels = epochs.info.channels.map((channel) => ({ ...channel, cal: 0 }));
  const wrong: [FifEpochs, string][] = [
    [{ ...epochs, data: epochs.data.map(() => 1e300) }, "INVALID_ARGUMENT"],
    [{ ...epochs, info: { ...epochs.info, channels } }, "INVALID_ARGUMENT"],
    [{ ...epochs, info: { ...epochs.info, channels: [] } }, "INVALID_ARGUMENT"],
    [{ ...epochs, info: { ...epochs.info, sfreq: NaN } }, "INVALID_ARGUMENT"],
    [{ ...epochs, eventId: new Map([["a;b", 1]]) }, "INVALID_ARGUMENT"],
    [{ ...epochs, events: epochs.events.subarray(3) }, "SHAPE_MISMATCH"],
    [{ ...epochs, data: epochs.data.subarray(1) }, "SHAPE_MISMATCH"],
    [{ ...epochs, shape: [36, 30, 45], data: epochs.data.slice(30 * 45) }, "SHAPE_MISMATCH"],
  ];
  for (const [one, code] of wrong)
    await expect(writeFifEpochs(path, one)).rejects.toMatchObject({ code });
  const both = [...(await readFifEvokeds(fixture("two-ave.fif")))];
  both[1] = { ...both[1], info: { ...both[1].info, sfreq: 1 } };
  await expect(writeFifEvokeds(path, both)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(writeFifEvokeds(path, [])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(await readdir(folder)).toEqual([]);
});
