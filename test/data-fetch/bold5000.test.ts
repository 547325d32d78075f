import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeBold5000Rdms } from "../../data-fetch/demo/bold5000/make.ts";
import { published } from "../../data-fetch/demo/bold5000/published.ts";
import { fetchDataSet, findDataSet, locateData, sha256Of } from "../../data-fetch/index.ts";
import { wantedFiles } from "../../data-fetch/sets/dryad-files.ts";
import { alignRdms, describeHdf5Rdms, pearson, readHdf5Rdms, subset } from "../../src/index.ts";
import type { Rdm } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-bold5000-"));
const before = process.env.TSRSA_DATA_DIR;
let data = "";
beforeAll(async () => {
  process.env.TSRSA_DATA_DIR = folder;
  data = (await locateData("bold5000-rdms", "demo")).folder;
});
afterAll(() => {
  if (before === undefined) delete process.env.TSRSA_DATA_DIR;
  else process.env.TSRSA_DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => join(data, `${name}_CORR_RDMs.h5`);

describe("the demo twin has the layout of the real files", () => {
  test("ten regions of each subject, five layers, 300 images; CSI4 has fewer, in another order", async () => {
    const network = await describeHdf5Rdms(file("ResNet50"));
    expect(network.rdms.map(({ layer }) => layer)).toEqual([
      "conv1",
      "layer1",
      "layer2",
      "layer3",
      "layer4",
    ]);
    const [first, fourth] = await Promise.all(
      ["CSI1", "CSI4"].map((name) => describeHdf5Rdms(file(`${name}_BOLD5000`))),
    );
    expect(first.rdms.map(({ roi }) => roi)).toEqual(Object.keys(published));
    expect([first.nItems, fourth.nItems, first.metric]).toEqual([300, 180, "correlation"]);
    expect(new Set(network.items)).toEqual(new Set(first.items));
    expect(network.items).not.toEqual(first.items);
    const shared = first.items?.filter((item) => fourth.items?.includes(item));
    expect(shared).toHaveLength(180);
    expect(shared).not.toEqual(fourth.items);
  });

  test("names of images as in ImageNet, COCO and the scenes, and a table of super-categories", async () => {
    const { items = [] } = await describeHdf5Rdms(file("ResNet50"));
    const imageNet = items.filter((item) => /^n\d{8}_\d+\.JPEG$/.test(item));
    expect(imageNet).toHaveLength(117);
    expect(items.filter((item) => /^COCO_train2014_\d{12}\.jpg$/.test(item))).toHaveLength(122);
    const lines = readFileSync(join(data, "imagenet_supercategories.csv"), "utf8")
      .trim()
      .split("\n");
    expect(lines[0]).toBe("image,supercategory");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(imageNet);
  });
});

describe("the findings are planted", () => {
  const scores = new Map<string, number[][]>();
  beforeAll(async () => {
    const layers = await readHdf5Rdms(file("ResNet50"));
    for (const subject of ["CSI1", "CSI2", "CSI3", "CSI4"]) {
      const regions = await readHdf5Rdms(file(`${subject}_BOLD5000`));
      scores.set(
        subject,
        regions.map((region) => layers.map((layer) => byLabel(region, layer))),
      );
    }
  });

  test("layer3 is best in every region of every subject, and layer4 drops", () => {
    for (const rows of scores.values()) {
      for (const row of rows) {
        expect(row.indexOf(Math.max(...row))).toBe(3);
        expect(row[4]).toBeLessThan(row[3]);
      }
    }
  });

  test("the retrosplenial cortex is lowest in each hemisphere", () => {
    for (const rows of scores.values()) {
      const best = rows.map((row) => row[3]);
      expect(best.slice(0, 5).indexOf(Math.min(...best.slice(0, 5)))).toBe(4);
      expect(best.slice(5).indexOf(Math.min(...best.slice(5)))).toBe(4);
    }
  });

  test("each correlation is twice the published one, up to a factor of the subject", () => {
    const rows = scores.get("CSI2") ?? [];
    Object.values(published).forEach((targets, roi) => {
      const factor = rows[roi][3] / (2 * targets[3]);
      expect(factor).toBeGreaterThan(0.8);
      expect(factor).toBeLessThan(1.2);
      targets.forEach((target, at) => expect(rows[roi][at] / (2 * target)).toBeCloseTo(factor, 6));
    });
  });

  test("compared by position, the same RDMs show nothing", async () => {
    const [layer] = await readHdf5Rdms(file("ResNet50"), { select: { layer: "layer3" } });
    const [region] = await readHdf5Rdms(file("CSI1_BOLD5000"), { select: { roi: "RHLOC" } });
    expect(Math.abs(pearson(region.condensed, layer.condensed))).toBeLessThan(0.02);
    expect(byLabel(region, layer)).toBeGreaterThan(0.15);
  });

  test("subjects share structure, so that there is a noise ceiling above the model", async () => {
    const rdms = await Promise.all(
      ["CSI1", "CSI2"].map(async (name) => {
        const [rdm] = await readHdf5Rdms(file(`${name}_BOLD5000`), { select: { roi: "LHPPA" } });
        return rdm;
      }),
    );
    expect(byLabel(rdms[0], rdms[1])).toBeGreaterThan(0.1);
  });

  test("MEAN is the mean of CSI1 to CSI3", async () => {
    const names = ["CSI1_BOLD5000", "CSI2_BOLD5000", "CSI3_BOLD5000", "MEAN_BOLD5000"];
    const some = { select: { roi: "RHOPA" } };
    const rdms = await Promise.all(names.map((name) => readHdf5Rdms(file(name), some)));
    const [a, b, c, mean] = alignRdms(rdms.flat()).map((rdm) => rdm.condensed);
    expect(mean[77]).toBeCloseTo((a[77] + b[77] + c[77]) / 3, 14);
  });
});

test("the same seed makes the same files, to the byte", async () => {
  const again = mkdtempSync(join(folder, "again-"));
  await makeBold5000Rdms(again);
  for (const name of findDataSet("bold5000-rdms").expects)
    expect(await sha256Of(join(again, name))).toBe(await sha256Of(join(data, name)));
});

test("what Dryad lists becomes files to fetch, checked by its hashes and with the user's token", () => {
  const file = (path: string, digestType: string) => ({
    path,
    size: 42,
    digest: "abc",
    digestType,
    _links: { "stash:download": { href: "/api/v2/files/7/download" } },
  });
  const listing = { _embedded: { "stash:files": [file("a.h5", "sha-256"), file("b.h5", "md5")] } };
  const common = {
    url: "https://datadryad.org/api/v2/files/7/download",
    bytes: 42,
    tokenVariable: "DRYAD_TOKEN",
  };
  expect(wantedFiles(listing, ["b.h5", "a.h5"], "10.0/x")).toEqual([
    { ...common, path: "b.h5", md5: "abc", sha256: undefined },
    { ...common, path: "a.h5", sha256: "abc", md5: undefined },
  ]);
  expect(() => wantedFiles(listing, ["c.h5"], "10.0/x")).toThrow(/has changed/);
  expect(() => wantedFiles({}, ["a.h5"], "10.0/x")).toThrow(/no such file/);
});

test("without a network the real data are refused with what to do", async () => {
  const offline = process.env.TSRSA_OFFLINE;
  process.env.TSRSA_OFFLINE = "1";
  try {
    await expect(fetchDataSet(findDataSet("bold5000-rdms"))).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
    });
  } finally {
    if (offline === undefined) delete process.env.TSRSA_OFFLINE;
    else process.env.TSRSA_OFFLINE = offline;
  }
});

function byLabel(region: Rdm, layer: Rdm): number {
  return pearson(region.condensed, subset(layer, region.items ?? []).condensed);
}
