import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openFifEpochs, readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { expected, fixture, float64s } from "./fixtures.ts";
import type { ExpectedEpochs } from "./fixtures.ts";

const sets = ["single", "double", "gz", "complex"] as const;

describe.each(sets)("%s-epo.fif, as MNE-Python reads it:", (name) => {
  const want = expected<ExpectedEpochs>(name);
  const read = () => readFifEpochs(fixture(want.file), { applyProjections: false });

  test("the data, bit for bit", async () => {
    const { data, imaginary, shape } = await read();
    const numbers = float64s(want.data.file);
    expect(shape).toEqual(want.data.shape.slice(0, 3));
    if (name === "complex") {
      expect(data).toEqual(numbers.filter((_, i) => i % 2 === 0));
      expect(imaginary).toEqual(numbers.filter((_, i) => i % 2 === 1));
    } else {
      expect(data).toEqual(numbers);
      expect(imaginary).toBeUndefined();
    }
  });

  test("times, events, selection and drop log", async () => {
    const epochs = await read();
    expect([...epochs.times]).toEqual(want.times);
    expect([...epochs.events]).toEqual(want.events.flat());
    expect([...epochs.eventId]).toEqual(Object.entries(want.event_id));
    expect([...epochs.selection]).toEqual(want.selection);
    expect(epochs.dropLog).toEqual(want.drop_log);
    expect(epochs.baseline ?? null).toEqual(want.baseline);
  });

  test("the channels", async () => {
    const { info } = await read();
    const found = info.channels.map((channel) => ({
      name: channel.name,
      kind: channel.kind,
      coil_type: channel.coilType,
      unit: channel.unitCode,
      unit_mul: channel.unitMul,
      cal: channel.cal,
      range: channel.range,
      loc: [...channel.loc],
      type: channel.type,
      coord_frame: channel.coordFrame,
    }));
    expect(found).toEqual(want.chs);
    expect(info.bads).toEqual(want.bads);
  });

  test("the recording", async () => {
    const { info } = await read();
    expect(info.sfreq).toBe(want.sfreq);
    expect(info.lowpass).toBe(want.lowpass);
    expect(info.highpass).toBe(want.highpass);
    expect(info.lineFreq).toBe(want.line_freq);
    expect(info.description).toBe(want.description);
    expect([...(info.devHeadTrans ?? [])]).toEqual(want.dev_head_t.flat());
    const projections = info.projections.map((projection) => ({
      desc: projection.name,
      active: projection.active,
      kind: projection.kind,
      nrow: projection.nVectors,
      ncol: projection.channels.length,
      col_names: projection.channels,
      data: [...projection.vectors],
    }));
    expect(projections).toEqual(want.projs.map((proj) => ({ ...proj, data: proj.data.flat() })));
  });

  test("the metadata, columns in order", async () => {
    const { metadata } = await read();
    expect(metadata?.names).toEqual(want.metadata_columns);
    const records = want.metadata_records?.map((record) => Object.values(record));
    const rows = records?.map((_, row) =>
      metadata?.names.map((column) => metadata.columns.get(column)?.[row]),
    );
    expect(rows).toEqual(records);
  });

  test("a part is what the whole holds there, in the order asked for", async () => {
    const whole = await readFifEpochs(fixture(want.file));
    const channels = [29, 3, 4, 11];
    const epochs = [want.n_epochs - 1, 0, 2];
    const part = await readFifEpochs(fixture(want.file), { channels, epochs, samples: [2, 9] });
    const [, nChannels, nTimes] = whole.shape;
    const pick = (values: Float64Array) =>
      epochs.flatMap((e) =>
        channels.flatMap((c) => [
          ...values.subarray((e * nChannels + c) * nTimes + 2, (e * nChannels + c) * nTimes + 9),
        ]),
      );
    expect(part.shape).toEqual([3, 4, 7]);
    expect([...part.data]).toEqual(pick(whole.data));
    if (whole.imaginary !== undefined)
      expect([...(part.imaginary ?? [])]).toEqual(pick(whole.imaginary));
    expect([...part.times]).toEqual([...whole.times.subarray(2, 9)]);
    expect(part.info.channels).toEqual(channels.map((c) => whole.info.channels[c]));
    expect([...part.selection]).toEqual(epochs.map((e) => want.selection[e]));
    expect([...part.events]).toEqual(epochs.flatMap((e) => want.events[e]));
    expect(part.metadata?.nRows).toBe(want.metadata_columns === undefined ? undefined : 3);
    const kept = part.dropLog.filter((reasons) => reasons.length === 0).length;
    expect(kept).toBe(3);
  });
});

test("inactive projections are applied, and then marked as active", async () => {
  const want = expected<ExpectedEpochs>("gz");
  const { data, info } = await readFifEpochs(fixture(want.file));
  const projected = float64s("gz.data_proj.f64");
  const greatest = float64s("gz.data.f64").reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  expect(info.projections.map(({ active }) => active)).toEqual([true, true]);
  const worst = data.reduce((most, v, i) => Math.max(most, Math.abs(v - projected[i])), 0);
  expect(worst / greatest).toBeLessThan(1e-15);
  const unlike = data.reduce(
    (most, v, i) =>
      Math.max(most, Math.abs(v - projected[i]) / (Math.abs(projected[i]) + 1e-3 * greatest)),
    0,
  );
  expect(unlike).toBeLessThan(1e-12);
  expect(float64s("gz.data.f64")).not.toEqual(projected);
});

test("bytes and blobs read like a path", async () => {
  const path = fixture("single-epo.fif");
  const bytes = readFileSync(path);
  const want = await readFifEpochs(path);
  expect(await readFifEpochs(new Uint8Array(bytes))).toEqual(want);
  expect(await readFifEpochs(new Blob([bytes]))).toEqual(want);
});

test("an open file reads several parts, also at once", async () => {
  for (const name of ["single-epo.fif", "gz-epo.fif.gz"]) {
    const reader = await openFifEpochs(fixture(name));
    const [late, early] = await Promise.all([
      reader.read({ epochs: [10], channels: [3] }),
      reader.read({ epochs: [1], channels: [3] }),
    ]);
    const whole = await reader.read({ channels: [3] });
    const n = reader.times.length;
    expect(late.data).toEqual(whole.data.slice(10 * n, 11 * n));
    expect(early.data).toEqual(whole.data.slice(n, 2 * n));
    await reader.close();
  }
});

test("indices that do not exist are refused", async () => {
  const path = fixture("single-epo.fif");
  for (const selection of [
    { channels: [30] },
    { channels: [-1] },
    { epochs: [37] },
    { samples: [0, 46] as const },
    { samples: [5, 5] as const },
    { samples: [0.5, 5] as const },
  ])
    await expect(readFifEpochs(path, selection)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
});

test("reading stops when it is cancelled", async () => {
  const read = readFifEpochs(fixture("single-epo.fif"), { signal: AbortSignal.abort() });
  await expect(read).rejects.toMatchObject({ code: "CANCELLED" });
});
