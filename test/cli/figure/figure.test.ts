import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runFigure } from "../../../cli/work/figure/figure.ts";
import { readFmriRdms } from "../../../cli/work/figure/fmri-rdms.ts";
import { asText } from "../../../cli/work/figure/print.ts";
import {
  agrees,
  verdictOf,
  type Comparison,
  type PublishedFigure,
} from "../../../cli/work/figure/published.ts";
import {
  lowerCeiling,
  squaredSpearman,
  upperCeiling,
} from "../../../cli/work/figure/squared-spearman.ts";
import { writeNpy } from "../../../src/io/index.ts";
import { Rdm } from "../../../src/rdm/index.ts";
import { spearman } from "../../../src/stats/index.ts";
import { root, tsrsa } from "../tsrsa.ts";
import { answerOf } from "./answer.ts";

const real = join(root, "../shared/real-data");
const folder = mkdtempSync(join(tmpdir(), "tsrsa-figure-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

describe("on the real data", () => {
  test.skipIf(!existsSync(join(real, "kriegeskorte92")))(
    "kriegeskorte2008-92: monkey and human IT correlate 0.49, models and ceiling are numpy's",
    async () => {
      const out = join(folder, "kriegeskorte");
      const { agrees: all, comparisons } = await answerOf("kriegeskorte2008-92", real, out);
      expect(all).toBe(true);
      expect(comparisons[0].computed).toBeCloseTo(0.49121, 5);
      expect(comparisons).toHaveLength(12);
      // Only one of them was published; the others are what numpy gives of the same files.
      expect(comparisons.filter(({ published }) => published !== null)).toHaveLength(1);
      const names = ["mds", "models", "rdms"].flatMap((part) =>
        ["csv", "png", "svg"].map((kind) => `kriegeskorte2008-92-${part}.${kind}`),
      );
      expect(readdirSync(out).sort()).toEqual(names);
    },
  );

  test.skipIf(!existsSync(join(real, "haxby-slice")))(
    "mne-rsa-nifti: nothing was published, and MNE-RSA's own numbers on these files are ours",
    async () => {
      const out = join(folder, "nifti");
      const answer = await answerOf("mne-rsa-nifti", join(real, "haxby-slice"), out);
      expect([answer.agrees, answer.data]).toEqual([true, "real"]);
      expect(answer.comparisons.every(({ published }) => published === null)).toBe(true);
      expect(answer.comparisons.filter(({ verdict }) => verdict === "agrees")).toHaveLength(13);
      expect(answer.files).toHaveLength(6);
    },
  );

  test.skipIf(!existsSync(join(real, "algonauts2019-92")))(
    "algonauts2019-ceilings: all four to the fourth decimal",
    async () => {
      const { comparisons } = await answerOf("algonauts2019-ceilings", real);
      expect(comparisons.map(({ published }) => published)).toEqual([
        0.1589, 0.3075, 0.064, 0.0647,
      ]);
      expect(comparisons.every((one) => one.agrees)).toBe(true);
    },
  );

  test.skipIf(!existsSync(join(real, "algonauts2019-78")))(
    "net2brain-78: six R² and the ceilings as far as a double goes",
    async () => {
      const { comparisons } = await answerOf("net2brain-78", join(real, "algonauts2019-78"));
      expect(comparisons).toHaveLength(10);
      for (const { published, computed } of comparisons)
        expect(Math.abs(Number(computed) / Number(published) - 1)).toBeLessThan(2e-15);
    },
  );
});

/** Two participants of an image set, in one of the layouts. */
function squares(n: number, seed: number): number[][][] {
  return [1, 2].map((p) =>
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_v, j) =>
        i === j ? 0 : ((i + 1) * (j + 1) * seed + (i + j) * p) % 17,
      ),
    ),
  );
}

describe("on other data", () => {
  test("both layouts are read alike, and the numbers that differ are told: exit code 1", async () => {
    for (const images of [92, 78] as const) {
      mkdirSync(join(folder, "packed", `${images}images`), { recursive: true });
      mkdirSync(join(folder, "arrays", `algonauts2019-${images}`), { recursive: true });
      for (const region of ["EVC", "IT"]) {
        const data = squares(images, region === "IT" ? 3 : 5);
        const json = JSON.stringify({ data, shape: [2, images, images] });
        const name = `${images}images/${images}images_fmri_${region}_RDMs.gzip`;
        writeFileSync(join(folder, "packed", name), gzipSync(json));
        await writeNpy(
          join(folder, "arrays", `algonauts2019-${images}`, `fmri_${region}_RDMs.npy`),
          {
            data: Float64Array.from(data.flat(2)),
            shape: [2, images, images],
          },
        );
      }
    }
    const packed = await readFmriRdms(join(folder, "packed"), 92, "IT");
    const arrays = await readFmriRdms(join(folder, "arrays"), 92, "IT");
    expect(packed).toEqual(arrays);
    expect(packed[0].at(1, 2)).toBe((2 * 3 * 3 + 3) % 17);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await expect(
      runFigure("algonauts2019-ceilings", { data: join(folder, "packed") }),
    ).rejects.toThrow("4 of 4 numbers differ from the published ones");
    const text = log.mock.calls.map(([line]) => String(line)).join("\n");
    expect(text).toContain("DIFFERS");
    const { code, stderr } = await tsrsa([
      "figure",
      "algonauts2019-ceilings",
      "--data",
      join(folder, "packed"),
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("4 of 4 numbers differ");
  });

  test("files that are not there, or of another kind, are named", async () => {
    await expect(runFigure("algonauts2019-ceilings", { data: folder })).rejects.toThrow(
      /no file .*92images_fmri_EVC_RDMs.gzip; nor .*tsrsa data fetch algonauts2019/,
    );
    await expect(runFigure("kriegeskorte2008-92", { data: folder })).rejects.toThrow(
      /no file .*92_brainRDMs.mat.*tsrsa data fetch kriegeskorte92/,
    );
    await expect(runFigure("net2brain-78", { data: folder })).rejects.toThrow(/case1-rdm/);
    await expect(runFigure("net2brain-78", {})).rejects.toThrow(/needs --data/);
    await expect(runFigure("net2brain", {})).rejects.toThrow(/did you mean net2brain-78/);
    mkdirSync(join(folder, "bad/92images"), { recursive: true });
    const bad = join(folder, "bad/92images/92images_fmri_EVC_RDMs.gzip");
    writeFileSync(bad, gzipSync(JSON.stringify({ data: [1, 2], shape: [2, 92, 92] })));
    await expect(readFmriRdms(join(folder, "bad"), 92, "EVC")).rejects.toThrow(
      /2 × 92 × 92 numbers/,
    );
    writeFileSync(bad, gzipSync(JSON.stringify({ data: [1, 2], shape: [2] })));
    await expect(readFmriRdms(join(folder, "bad"), 92, "EVC")).rejects.toThrow(/participants × 92/);
    writeFileSync(bad, gzipSync(JSON.stringify([1])));
    await expect(readFmriRdms(join(folder, "bad"), 92, "EVC")).rejects.toThrow(/data and shape/);
  });

  test("of the five originals each file that is missing is named, with where to get it", async () => {
    const bare = join(folder, "bare");
    mkdirSync(join(bare, "stimuli"), { recursive: true });
    writeFileSync(join(bare, "stimuli/f001.bmp"), "");
    await expect(runFigure("mne-rsa-tutorial-1", { data: bare })).rejects.toThrow(
      /no file .*facenet_embeddings.npz; meg-faces needs it and sub-02\/sub-02-epo.fif; download/,
    );
    for (const [name, missing] of [
      ["mne-rsa-nifti", /bold.nii.gz.*mask.nii.gz.*attributes_literal.txt/],
      ["bold5000-resnet50", /CSI1_BOLD.*CSI2.*ResNet50.*DRYAD_TOKEN/],
      ["miyawaki2008-encoding", /miyawaki2008.tgz/],
      ["nsd-image-pairs", /lh_training_fmri.npy.*rh_training_fmri.npy.*by agreement/],
    ] as const)
      await expect(runFigure(name, { data: bare })).rejects.toThrow(missing);
    await expect(runFigure("mne-rsa-nifti", { data: "demo" })).rejects.toThrow(/no demo data/);
    await expect(runFigure("net2brain-78", { data: "demo" })).rejects.toThrow(/needs --data/);
  });

  test("without a connection it says what is needed, how to get it by hand, and how to try it", async () => {
    vi.stubEnv("TSRSA_OFFLINE", "1");
    vi.stubEnv("TSRSA_DATA_DIR", join(folder, "empty"));
    await expect(runFigure("miyawaki2008-encoding", {})).rejects.toThrow(
      /needs the data of miyawaki2008: .*TSRSA_OFFLINE.* By hand: .*func, label and mask; .*--data demo/,
    );
    await expect(runFigure("nsd-image-pairs", {})).rejects.toThrow(/by agreement/);
    vi.unstubAllEnvs();
  });

  test("without a name, all figures are listed", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await runFigure(undefined, {});
    const text = log.mock.calls.map(([line]) => String(line)).join("\n");
    for (const name of [
      ...["mne-rsa-tutorial-1", "mne-rsa-nifti", "bold5000-resnet50", "miyawaki2008-encoding"],
      ...["nsd-image-pairs", "kriegeskorte2008-92", "algonauts2019-ceilings", "net2brain-78"],
    ])
      expect(text).toContain(name);
  });
});

test("a number agrees when it rounds to what was printed", () => {
  const one = (expected: string, computed: number) => agrees({ what: "", expected, computed });
  expect(one("0.49", 0.4912)).toBe(true);
  expect(one("0.49", 0.4951)).toBe(false);
  expect(one("0.0640", 0.063975)).toBe(true);
  expect(one("0.0640", 0.06394)).toBe(false);
  expect(one("0.002116532020238181", 0.002116532020238184)).toBe(true);
  expect(one("0.002116532020238181", 0.00211653202024)).toBe(false);
  expect(one("0.49", NaN)).toBe(false);
});

test("a published number, a reference and none stand each in their column; demo data beside none", () => {
  const figure = { title: "Title", citation: "Somebody", note: "A note." } as PublishedFigure;
  const comparisons: Comparison[] = [
    { what: "printed", expected: "0.49", computed: 0.4912 },
    { what: "far", expected: "0.49", computed: 0.6 },
    { what: "ours", expected: "0.25", computed: 0.25, from: "reference: numpy" },
    { what: "nobody's", computed: 0.123456 },
    { what: "no file", expected: "3", computed: undefined, missing: "the file is not here" },
  ];
  const text = (kind: "real" | "demo") =>
    asText(figure, { comparisons, figures: new Map() }, kind).split("\n").slice(3);
  expect(text("real").slice(0, 6)).toEqual([
    "          published  reference  computed",
    "printed        0.49               0.4912  agrees",
    "far            0.49               0.6000  DIFFERS",
    "ours                      0.25    0.2500  agrees (reference: numpy)",
    "nobody's       none               0.1235",
    "no file           3                    –  not computed: the file is not here",
  ]);
  const demo = text("demo").join("\n");
  expect(demo.match(/not compared/g)).toHaveLength(5);
  expect(demo).not.toMatch(/\b0\.49\b|agrees|DIFFERS/);
  expect(demo).toContain("no measurement");
  expect(comparisons.map((one) => verdictOf(one, "real"))).toEqual([
    ...["agrees", "differs", "agrees", "not compared", "not computed"],
  ]);
});

test("ceilings are squared rank correlations with the mean of all, and of the others", async () => {
  const items = ["a", "b", "c", "d"];
  const people = [
    [1, 2, 3, 4, 5, 6],
    [2, 1, 3, 6, 5, 4],
    [1, 3, 2, 5, 4, 6],
  ].map((d) => new Rdm(d, { items }));
  const mean = (rdms: Rdm[]) =>
    rdms[0].condensed.map((_, k) => rdms.reduce((sum, r) => sum + r.condensed[k], 0) / rdms.length);
  const all = mean(people);
  expect(await upperCeiling(people)).toEqual(
    people.map((p) => expect.closeTo(spearman(p.condensed, all) ** 2, 14) as unknown),
  );
  expect((await lowerCeiling(people))[1]).toBeCloseTo(
    spearman(people[1].condensed, mean([people[0], people[2]])) ** 2,
    14,
  );
  expect(await squaredSpearman(people[0], [people[0]])).toEqual([expect.closeTo(1, 14)]);
});
