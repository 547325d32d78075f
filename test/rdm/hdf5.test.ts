import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  describeHdf5Rdms,
  hdf5RdmsBytes,
  Rdm,
  readHdf5Rdms,
  streamHdf5Rdms,
  Table,
  writeHdf5Rdms,
} from "../../src/index.ts";
import { readReference, type ReferenceArray } from "../reference/read-reference.ts";
import { pythonWith } from "../support/python.ts";
import { rowsOf, toolbox } from "./toolbox.ts";

const fixtures = new URL("../fixtures/hdf5/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, fixtures)));
const folder = mkdtempSync(join(tmpdir(), "tsrsa-hdf5-rdms-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file that rsatoolbox wrote", () => {
  const { meta } = toolbox<{ V: ReferenceArray; image: string[]; subj: string[] }>(
    "rsa/toolbox_rdms.json",
  );

  test("values, labels, what is said of each RDM and of the items", async () => {
    const rdms = await readHdf5Rdms(bytesOf("rsatoolbox-rdms.h5"));
    expect(rdms.map((rdm) => rdm.condensed)).toEqual(rowsOf(meta.V));
    expect(rdms[0].items).toEqual(meta.image);
    expect(rdms.map((rdm) => rdm.meta.subj)).toEqual(meta.subj);
    expect(rdms[0].meta).toEqual({ study: "x", subj: "s0" });
    expect(rdms[0].metric).toBe("euclidean");
    expect(rdms[0].itemTable?.column("cat")).toEqual([0, 1, 0, 1, 0, 1]);
    // Two subjects of the same name: it tells nobody apart, and is no name.
    expect(rdms[0].name).toBeUndefined();
  });

  test("some RDMs and some items, in the order asked for", async () => {
    const items = ["img04", "img00"];
    const some = await readHdf5Rdms(bytesOf("rsatoolbox-rdms.h5"), {
      select: { subj: "s1" },
      items,
    });
    expect(some.map((rdm) => rdm.items)).toEqual([items, items]);
    const [, second] = rowsOf(meta.V).map((row) => new Rdm(row, { items: meta.image }));
    expect(some[0].condensed[0]).toBe(second.between("img04", "img00"));
    const last = await readHdf5Rdms(bytesOf("rsatoolbox-rdms.h5"), { select: (_, at) => at === 4 });
    expect(last).toHaveLength(1);
  });
});

test("the imitation of BOLD5000's files: regions are names", async () => {
  const expected = readReference<{
    "rsatoolbox_like.h5": { dissimilarities: number[][]; image: string[]; roi: string[] };
  }>("../fixtures/hdf5/expected.json")["rsatoolbox_like.h5"];
  const rdms = await readHdf5Rdms(bytesOf("rsatoolbox_like.h5"), { meta: { subject: "CSI1" } });
  expect(rdms.map((rdm) => rdm.name)).toEqual(expected.roi);
  expect(rdms.map((rdm) => Array.from(rdm.condensed))).toEqual(expected.dissimilarities);
  expect(rdms[1].items).toEqual(expected.image);
  expect(rdms[1].meta).toEqual({ subj: "s1", session: 0, roi: "RHLOC", subject: "CSI1" });
  const { rdms: said, items } = await describeHdf5Rdms(bytesOf("rsatoolbox_like.h5"));
  expect([said.length, items?.length]).toEqual([3, 12]);
});

test("one by one: what is not asked for is not read", async () => {
  const names: (string | undefined)[] = [];
  for await (const rdm of streamHdf5Rdms(bytesOf("rsatoolbox_like.h5"))) {
    names.push(rdm.name);
    if (names.length === 2) break;
  }
  expect(names).toEqual(["LHPPA", "RHLOC"]);
});

test("progress is told, and reading can be cancelled", async () => {
  const told: number[] = [];
  await readHdf5Rdms(bytesOf("rsatoolbox_like.h5"), {
    onProgress: ({ done, total }) => told.push(done / total),
  });
  expect(told).toEqual([1 / 3, 2 / 3, 1]);
  const stop = new AbortController();
  const reading = readHdf5Rdms(bytesOf("rsatoolbox_like.h5"), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
});

describe("descriptors under other names", () => {
  test("labels of variable length under conds, truth values, lists of unequal things, no measure", async () => {
    const [rdm] = await readHdf5Rdms(bytesOf("hostile/tolerant.h5"));
    expect(rdm.items).toEqual(["ä", "b", "c", "d"]);
    expect(rdm.metric).toBeUndefined();
    expect(rdm.itemTable?.column("living")).toEqual([true, false, true, true]);
    // 2⁵³ + 1 is no number of JavaScript's: the whole column is text.
    expect(rdm.meta).toEqual({
      study: "s",
      n: 7,
      roi: "V1",
      mixed: "x",
      session: "9007199254740993",
    });
  });

  test("a single vector; nothing but numbers of rows", async () => {
    const [rdm] = await readHdf5Rdms(bytesOf("hostile/one.h5"));
    expect([rdm.name, rdm.items, rdm.nItems]).toEqual(["V1", undefined, 3]);
  });

  test("row numbers are labels only when asked for", async () => {
    const input = bytesOf("rsatoolbox_like.h5");
    const [rdm] = await readHdf5Rdms(input, { itemDescriptor: "index" });
    expect(rdm.items?.slice(0, 2)).toEqual(["0", "1"]);
    await expect(readHdf5Rdms(input, { itemDescriptor: "img" })).rejects.toThrow(/item descriptor/);
  });
});

describe("bad files", () => {
  test.each([
    ["wrong-roi-count.h5", "FILE_FORMAT", /2 values, found 3/],
    ["wrong-image-count.h5", "FILE_FORMAT", /4 values, found 2/],
    ["twice.h5", "DUPLICATE_ITEM", /itemDescriptor/],
    ["not-triangular.h5", "FILE_FORMAT", /n \(n − 1\) \/ 2/],
    ["text.h5", "FILE_FORMAT", /numbers/],
    ["cube.h5", "FILE_FORMAT", /one row per RDM/],
    ["group.h5", "FILE_FORMAT", /group/],
    ["no-rdms.h5", "FILE_FORMAT", /only x/],
  ])("%s", async (name, code, message) => {
    const failed = readHdf5Rdms(bytesOf(`hostile/${name}`));
    await expect(failed).rejects.toMatchObject({ code });
    await expect(failed).rejects.toThrow(message);
  });

  test("a selection that finds nothing, or asks for what is not said", async () => {
    const input = bytesOf("rsatoolbox_like.h5");
    await expect(readHdf5Rdms(input, { select: { roi: "V9" } })).rejects.toThrow(/none of the 3/);
    await expect(readHdf5Rdms(input, { select: { area: "V1" } })).rejects.toThrow(/area/);
    await expect(readHdf5Rdms(input, { items: ["nobody"] })).rejects.toMatchObject({
      code: "UNKNOWN_ITEM",
    });
  });
});

describe("what was written is read again", () => {
  const items = ["cat", "dog", "car", "Öl"];
  const itemTable = new Table({ living: [true, true, false, false], size: [1, 2, null, 4] });
  const rdms = [
    new Rdm([1, 2, 3, NaN, 5, 6], {
      items,
      itemTable,
      metric: "correlation",
      name: "left",
      meta: { roi: "LH", session: 2, good: true },
    }),
    new Rdm([6, 5, 4, 3, 2, 1], {
      items: [...items].reverse(),
      metric: "correlation",
      meta: { roi: "RH", session: 2.5, good: false },
    }),
  ];

  test("joined by label, with all that is said", async () => {
    const [left, right] = await readHdf5Rdms(await hdf5RdmsBytes(rdms));
    expect(left.condensed).toEqual(rdms[0].condensed);
    expect(right.items).toEqual(items);
    expect(right.between("cat", "car")).toBe(rdms[1].between("cat", "car"));
    expect(left.meta).toEqual({ roi: "LH", session: 2, good: 1 });
    expect([left.name, left.metric]).toEqual(["left", "correlation"]);
    expect(left.itemTable?.column("size")).toEqual([1, 2, NaN, 4]);
  });

  test("to a file, whole or not at all", async () => {
    const path = join(folder, "some/rdms.h5");
    await writeHdf5Rdms(path, rdms, { itemDescriptor: "conds" });
    expect((await readHdf5Rdms(path)).length).toBe(2);
    const odd = join(folder, "odd.h5");
    await expect(
      writeHdf5Rdms(odd, [rdms[0], new Rdm([1], { items: ["cat", "dog"], metric: "correlation" })]),
    ).rejects.toMatchObject({ code: "ITEM_MISMATCH" });
    expect(existsSync(odd)).toBe(false);
  });

  test("what a file cannot hold is refused", async () => {
    await expect(hdf5RdmsBytes([])).rejects.toThrow(/at least one/);
    const other = new Rdm([1, 2, 3, 4, 5, 6], { items, metric: "euclidean" });
    await expect(hdf5RdmsBytes([rdms[0], other])).rejects.toThrow(/one dissimilarity measure/);
  });
});

const python = pythonWith("rsatoolbox", "h5py");

test.skipIf(python === undefined)(
  "rsatoolbox loads our files, and we load its",
  async () => {
    const script = new URL("../python/rsatoolbox_hdf5.py", import.meta.url).pathname;
    const rdms = ["V1", "IT"].map(
      (roi, at) =>
        new Rdm(
          [1, 2, 3].map((d) => d / 7 + at),
          {
            items: ["cat", "dog", "car"],
            metric: "correlation",
            meta: { roi, layer: at },
          },
        ),
    );
    const [ours, theirs] = [join(folder, "ours.h5"), join(folder, "theirs.h5")];
    await writeHdf5Rdms(ours, rdms);
    const said = JSON.parse(
      execFileSync(python ?? "", [script, ours, theirs], { encoding: "utf8" }),
    ) as object;
    expect(said).toEqual({
      measure: "correlation",
      roi: ["V1", "IT"],
      layer: [0, 1],
      image: ["cat", "dog", "car"],
      dissimilarities: rdms.map((rdm) => Array.from(rdm.condensed)),
    });
    const [back] = await readHdf5Rdms(theirs, { select: { roi: "IT" } });
    expect(back.items).toEqual(["car", "cat"]);
    expect(back.condensed[0]).toBe(rdms[1].between("car", "cat"));
  },
  60_000,
);
