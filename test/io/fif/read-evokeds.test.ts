import { expect, test } from "vitest";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import { expected, fixture, float64s } from "./fixtures.ts";

interface ExpectedEvoked {
  comment: string;
  nave: number;
  kind: string;
  sfreq: number;
  times: number[];
  baseline: [number, number] | null;
  ch_names: string[];
  data: { file: string; shape: number[] };
}

test("every data set of two-ave.fif, as MNE-Python reads it", async () => {
  const want = expected<ExpectedEvoked[]>("two-ave");
  const evokeds = await readFifEvokeds(fixture("two-ave.fif"));
  expect(evokeds.length).toBe(want.length);
  evokeds.forEach((evoked, i) => {
    expect(evoked.comment).toBe(want[i].comment);
    expect(evoked.nave).toBe(want[i].nave);
    expect(evoked.kind).toBe(want[i].kind);
    expect(evoked.info.sfreq).toBe(want[i].sfreq);
    expect([...evoked.times]).toEqual(want[i].times);
    expect(evoked.baseline ?? null).toEqual(want[i].baseline);
    expect(evoked.info.channels.map(({ name }) => name)).toEqual(want[i].ch_names);
    expect(evoked.shape).toEqual(want[i].data.shape);
    expect(evoked.data).toEqual(float64s(want[i].data.file));
  });
});

test("channels are picked in the order given", async () => {
  const [whole] = await readFifEvokeds(fixture("two-ave.fif"));
  const [part] = await readFifEvokeds(fixture("two-ave.fif"), { channels: [4, 1] });
  const n = whole.times.length;
  expect(part.info.channels).toEqual([whole.info.channels[4], whole.info.channels[1]]);
  expect(part.data.subarray(0, n)).toEqual(whole.data.subarray(4 * n, 5 * n));
  expect(part.data.subarray(n)).toEqual(whole.data.subarray(n, 2 * n));
  const wrong = readFifEvokeds(fixture("two-ave.fif"), { channels: [30] });
  await expect(wrong).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("an epochs file is refused with what it lacks", async () => {
  const read = readFifEvokeds(fixture("single-epo.fif"));
  await expect(read).rejects.toThrow(/expected evoked \(block 104\), found none/);
});
