import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { largestDifference } from "../reference/read-reference.ts";
import {
  computeRdm,
  epochsFromArray,
  readEpochs,
  readEvokeds,
  rsaEpochs,
  Table,
  vectorviewSelection,
  writeEpochs,
  writeEvokeds,
} from "../../src/index.ts";
import { pickChannels } from "../../src/meg/pick-channels.ts";
import { radiusInSamples } from "../../src/meg/time-range.ts";

const fixtures = join(import.meta.dirname, "../fixtures/fif");
const recording = join(
  import.meta.dirname,
  "../../../shared/real-data/eeg-epochs-priming/subject04-epo.fif",
);
const folder = mkdtempSync(join(tmpdir(), "tsrsa-meg-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Expected {
  readonly n_epochs: number;
  readonly ch_names: string[];
  readonly times: number[];
  readonly bads: string[];
  readonly event_id: Record<string, number>;
  readonly selection: number[];
  readonly drop_log: string[][];
  readonly metadata_columns: string[];
  readonly left_occipital_present: string[];
  readonly picks: Record<string, (number | string)[]>;
  readonly crop: {
    tmin: number | null;
    tmax: number | null;
    include_tmax: boolean;
    n: number;
    first: number;
    last: number;
    error?: string;
  }[];
}

const files = {
  single: "single-epo.fif",
  double: "double-epo.fif",
  gz: "gz-epo.fif.gz",
  complex: "complex-epo.fif",
};

describe.each(Object.entries(files))("%s", (name, file) => {
  const expected = JSON.parse(
    readFileSync(join(fixtures, `${name}.expected.json`), "utf8"),
  ) as Expected;
  const open = () => readEpochs(join(fixtures, file));

  test("it says of itself what MNE-Python says", async () => {
    const epochs = await open();
    expect(epochs.length).toBe(expected.n_epochs);
    expect(epochs.channelNames).toEqual(expected.ch_names);
    expect(Array.from(epochs.times)).toEqual(expected.times);
    expect(epochs.info.bads).toEqual(expected.bads);
    expect(Array.from(epochs.selection)).toEqual(expected.selection);
    expect(epochs.dropLog).toEqual(expected.drop_log);
    expect(
      Object.fromEntries([...epochs.events.names].map(([code, event]) => [event, code])),
    ).toEqual(expected.event_id);
    if (expected.metadata_columns !== null)
      expect(epochs.metadata?.names).toEqual(expected.metadata_columns);
  });

  test("channels are picked by type as MNE-Python picks them", async () => {
    const epochs = await open();
    const { info } = epochs;
    const cases = Object.entries(expected.picks).filter(([, channels]) => channels.length > 0);
    expect(cases.length).toBeGreaterThan(5);
    for (const [key, channels] of cases) {
      const [type, exclude] = key.split("|exclude=");
      // MNE's "data" with bad channels in it has no name of its own here.
      if (type === "data" && exclude === "none") continue;
      if (key.startsWith("pick(")) {
        const picked = pickChannels(info, expected.left_occipital_present);
        expect(picked.map((at) => info.channels[at].name)).toEqual(channels);
        continue;
      }
      if (key === "then pick(grad)") {
        expect(epochs.pick(expected.left_occipital_present).pick("grad").channelNames).toEqual(
          channels,
        );
        continue;
      }
      if (key.startsWith("None")) {
        expect(pickChannels(info)).toEqual(channels);
        continue;
      }
      expect([key, pickChannels(info, type, exclude === "bads" ? "exclude" : "keep")]).toEqual([
        key,
        channels,
      ]);
    }
  });

  test("time ranges are cropped as MNE-Python crops them", async () => {
    const epochs = await open();
    expect(expected.crop.length).toBe(10);
    for (const { tmin, tmax, include_tmax, n, first, last, error } of expected.crop) {
      const crop = () =>
        epochs.crop({ tminS: tmin ?? undefined, tmaxS: tmax ?? undefined }, include_tmax).times;
      if (error !== undefined) expect(crop).toThrow(/no sample lies in it/);
      else expect([crop().length, crop()[0], crop().at(-1)]).toEqual([n, first, last]);
    }
  });

  test("left-occipital sensors that are there", async () => {
    const { channelNames } = await open();
    const bare = (sensor: string) => sensor.replace(" ", "");
    const present = vectorviewSelection("Left-occipital").filter((sensor) =>
      channelNames.map(bare).includes(sensor),
    );
    expect(present.map(bare)).toEqual(expected.left_occipital_present.map(bare));
  });
});

test("the left-occipital region has 24 gradiometers and 12 magnetometers, sorted", () => {
  const sensors = vectorviewSelection("Left-occipital");
  expect(sensors.filter((sensor) => !sensor.endsWith("1"))).toHaveLength(24);
  expect(sensors).toHaveLength(36);
  expect([...sensors].sort()).toEqual(sensors);
  expect(vectorviewSelection("Left-occipital", "MEG 1641")[0]).toBe("MEG 1641");
  expect(() => vectorviewSelection("Left-occipitl" as never)).toThrow(
    /did you mean "Left-occipital"/,
  );
});

test("half samples are rounded to the even number, as Python rounds them", () => {
  expect(radiusInSamples(0.01, 250)).toBe(2);
  expect(radiusInSamples(0.1, 220)).toBe(22);
  expect(() => radiusInSamples(-1, 220)).toThrow(/invalid temporalRadiusS: -1/);
});

describe("what is picked, cropped and taken is what is read", () => {
  test("parts agree with the whole", async () => {
    const epochs = await readEpochs(join(fixtures, files.single));
    const whole = await epochs.read();
    const part = epochs
      .pick(
        ["MEG 0113", "MEG 0112"]
          .filter((name) => epochs.channelNames.includes(name))
          .concat(epochs.channelNames[5]),
      )
      .crop({ tminS: 0, tmaxS: 0.05 })
      .take([30, 2]);
    const { data, shape } = await part.read();
    expect(shape).toEqual([2, part.channelNames.length, part.times.length]);
    const from = epochs.times.indexOf(part.times[0]);
    let at = 0;
    for (const epoch of [30, 2]) {
      for (const name of part.channelNames) {
        const row =
          (epoch * epochs.channelNames.length + epochs.channelNames.indexOf(name)) *
            epochs.times.length +
          from;
        expect(Array.from(data.subarray(at, at + part.times.length))).toEqual(
          Array.from(whole.data.subarray(row, row + part.times.length)),
        );
        at += part.times.length;
      }
    }
    expect(Array.from((await part.load().then((loaded) => loaded.read())).data)).toEqual(
      Array.from(data),
    );
  });

  test("metadata, events and selection follow", async () => {
    const epochs = await readEpochs(join(fixtures, files.single));
    const some = epochs.take([5, 3]);
    expect(some.metadata?.rows()).toEqual([epochs.metadata?.row(5), epochs.metadata?.row(3)]);
    expect(some.eventNames).toEqual([epochs.eventNames[5], epochs.eventNames[3]]);
    expect(Array.from(some.selection)).toEqual([epochs.selection[5], epochs.selection[3]]);
    expect(() => epochs.take([99])).toThrow(/invalid epoch: 99; there are epochs 0 to 36/);
  });
});

describe("errors say what is there", () => {
  const epochs = epochsFromArray(
    { data: new Float64Array(12), shape: [2, 2, 3] },
    { sfreqHz: 100, metadata: new Table({ file: ["a", "b"] }) },
  );

  test.each<[string, () => unknown, RegExp]>([
    [
      "a channel that is not there",
      () => epochs.pick("MEG0111"),
      /unknown channel or channel type "MEG0111"/,
    ],
    [
      "a type that is not there",
      () => epochs.pick("grad"),
      /unknown channel or channel type "grad"/,
    ],
    [
      "a position that is not there",
      () => epochs.pick([2]),
      /invalid pick: 2; there are channels 0 to 1/,
    ],
    [
      "a channel picked twice",
      () => epochs.pick(["0", "0"]),
      /1 label occurs more than once \("0"\); pick each channel once/,
    ],
    [
      "a column that is not there",
      () => epochs.column("fil"),
      /unknown column "fil"; did you mean "file"/,
    ],
    [
      "a time range without samples",
      () => epochs.crop({ tminS: 0.5, tmaxS: 0.4 }),
      /no sample lies in it/,
    ],
  ])("%s", (_, work, message) => expect(work).toThrow(message));
});

test("epochs written and read again are the same", async () => {
  const epochs = await readEpochs(join(fixtures, files.single));
  const path = join(folder, "again-epo.fif");
  await writeEpochs(path, epochs);
  const again = await readEpochs(path);
  expect((await again.read()).data).toEqual((await epochs.read()).data);
  expect(again.metadata?.rows()).toEqual(epochs.metadata?.rows());
  expect(again.info.channels.map(({ name, type, position }) => ({ name, type, position }))).toEqual(
    epochs.info.channels.map(({ name, type, position }) => ({ name, type, position })),
  );
  expect(again.dropLog).toEqual(epochs.dropLog);
  expect(again.eventNames).toEqual(epochs.eventNames);
});

test("epochs from an array can be written", async () => {
  const data = Float64Array.from({ length: 12 }, (_, at) => at * 1e-6);
  const channels = [
    { name: "Cz", type: "eeg", position: [0, 0, 0.1] as const },
    { name: "MEG0113", type: "grad", position: [0.1, 0, 0] as const },
  ];
  const path = join(folder, "array-epo.fif");
  await writeEpochs(
    path,
    epochsFromArray(
      { data, shape: [2, 2, 3] },
      {
        sfreqHz: 100,
        tminS: -0.01,
        channels,
        eventCodes: [3, 1],
        eventNames: new Map([
          [3, "dog"],
          [1, "cat"],
        ]),
      },
    ),
    { format: "double" },
  );
  const again = await readEpochs(path);
  expect(Array.from((await again.read()).data)).toEqual(Array.from(data));
  expect(again.eventNames).toEqual(["dog", "cat"]);
  expect(again.info.channels.map(({ type }) => type)).toEqual(["eeg", "grad"]);
  expect(Array.from(again.times)).toEqual([-0.01, 0, 0.01]);
});

test("evokeds are read, written and read again", async () => {
  const evokeds = await readEvokeds(join(fixtures, "two-ave.fif"));
  const expected = JSON.parse(readFileSync(join(fixtures, "two-ave.expected.json"), "utf8")) as {
    readonly comment: string;
    readonly nave: number;
    readonly sfreq: number;
    readonly times: readonly number[];
  }[];
  expect(evokeds.length).toBe(expected.length);
  for (const [at, { comment, nave, sfreq, times }] of expected.entries()) {
    expect([evokeds[at].comment, evokeds[at].nAverages]).toEqual([comment, nave]);
    expect(evokeds[at].info.sfreqHz).toBe(sfreq);
    expect(largestDifference(evokeds[at].times, times)).toBeLessThan(1e-8);
  }
  const path = join(folder, "again-ave.fif");
  await writeEvokeds(path, evokeds);
  const again = await readEvokeds(path);
  expect(again.map(({ comment, nAverages, kind }) => [comment, nAverages, kind])).toEqual(
    evokeds.map(({ comment, nAverages, kind }) => [comment, nAverages, kind]),
  );
  expect(again.map(({ data }) => data.data)).toEqual(evokeds.map(({ data }) => data.data));
});

describe.skipIf(!existsSync(recording))(
  "the real EEG recording (skipped where shared/real-data is absent)",
  () => {
    interface Reference {
      readonly times: number[];
      readonly scores: Record<string, number[]>;
    }
    const reference = JSON.parse(
      readFileSync(join(import.meta.dirname, "../reference/real/eeg-priming.json"), "utf8"),
    ) as Reference;

    test.each(["correlation", "euclidean"] as const)(
      "all scores over time agree with scipy: %s",
      async (metric) => {
        const epochs = await readEpochs(recording);
        const items = epochs.column("cue").map(String);
        const model = (column: string) =>
          computeRdm(
            epochs.column(column).map((value) => [Number(value)]),
            { metric: "cityblock", items, name: column },
          );
        const scores = await rsaEpochs(epochs, [model("label"), model("FAS")], {
          labels: "cue",
          temporalRadiusS: 0.1,
          metric,
          onProgress: false,
        });
        expect(Array.from(scores.times)).toEqual(reference.times);
        for (const column of ["label", "FAS"]) {
          const expected = reference.scores[`${metric}/${column}/spearman`];
          const { values } = scores.series(column);
          expect(values.length).toBe(50);
          values.forEach((value, at) =>
            expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(1e-12),
          );
        }
      },
    );

    test("one thread and two give the same numbers", async () => {
      const epochs = await readEpochs(recording);
      const items = epochs.column("cue").map(String);
      const model = computeRdm(
        epochs.column("FAS").map((value) => [Number(value)]),
        { metric: "cityblock", items },
      );
      const run = async (jobs: number) =>
        (
          await rsaEpochs(epochs, model, {
            labels: "cue",
            temporalRadiusS: 0.1,
            jobs,
            onProgress: false,
          })
        ).scores;
      expect(await run(2)).toEqual(await run(1));
    });

    test("a cancelled job says so", async () => {
      const epochs = await readEpochs(recording);
      const model = computeRdm(
        epochs.column("FAS").map((value) => [Number(value)]),
        { metric: "cityblock", items: epochs.column("cue").map(String) },
      );
      const work = rsaEpochs(epochs, model, {
        labels: "cue",
        temporalRadiusS: 0.1,
        signal: AbortSignal.abort(),
        onProgress: false,
      });
      await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
    });
  },
);
