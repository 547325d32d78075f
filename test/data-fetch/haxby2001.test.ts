import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { locateData, sha256Of } from "../../data-fetch/index.ts";
import { plantIn, planted } from "../../data-fetch/demo/haxby-like/planted.ts";
import { drawEmbeddings, drawSimilarity } from "../../data-fetch/demo/haxby-like/models.ts";
import {
  asMatrix,
  asStrings,
  computeRdm,
  pearson,
  random,
  Rdm,
  readCsv,
  readNpz,
  rsa,
} from "../../src/index.ts";
import { openNifti, readNifti, type NiftiImage } from "../../src/io/index.ts";

const home = mkdtempSync(join(tmpdir(), "tsrsa-haxby-"));
const before = process.env.TSRSA_DATA_DIR;
let folder = "";
beforeAll(async () => {
  process.env.TSRSA_DATA_DIR = home;
  ({ folder } = await locateData("haxby2001", "demo"));
}, 60_000);
afterAll(() => {
  if (before === undefined) delete process.env.TSRSA_DATA_DIR;
  else process.env.TSRSA_DATA_DIR = before;
  rmSync(home, { recursive: true, force: true });
});

const categories = "bottle cat chair face house scissors scrambledpix shoe".split(" ");

function labelsOf(subject: string): { label: string; run: number }[] {
  const [header, ...lines] = readFileSync(join(folder, subject, "labels.txt"), "utf8")
    .trim()
    .split("\n");
  expect(header).toBe("labels chunks");
  return lines.map((line) => {
    const [label, run] = line.split(" ");
    return { label, run: Number(run) };
  });
}

describe("haxby2001's demo twin, in the layout of the real archives", () => {
  test("a scaled int16 series, a line of labels a volume, masks on its grid, an anatomy around it", async () => {
    for (const subject of ["subj1", "subj6"]) {
      const bold = await openNifti(join(folder, subject, "bold.nii.gz"));
      expect(bold).toMatchObject({
        datatype: "int16",
        scaling: { slope: 4, intercept: 1000 },
      });
      const labels = labelsOf(subject);
      expect(bold.shape).toEqual([20, 25, 19, labels.length]);
      expect(bold.zooms).toEqual([7, 7.5, 7.5, 2.5]);
      const ventral = await readNifti(join(folder, subject, "mask4_vt.nii.gz"));
      expect(ventral.affine).toEqual(bold.affine);
      expect(new Set(ventral.data)).toEqual(new Set([0, 1]));
      const anatomy = await openNifti(join(folder, subject, "anat.nii.gz"));
      expect(anatomy.shape).toHaveLength(3);
      expect(anatomy.zooms.every((mm) => mm < 3)).toBe(true);
      await Promise.all([bold.close(), anatomy.close()]);
    }
  });

  test("each of six runs shows each of eight categories once", () => {
    const labels = labelsOf("subj3");
    expect(new Set(labels.map(({ run }) => run)).size).toBe(6);
    for (let run = 0; run < 6; run++) {
      const shown = labels.filter((row) => row.run === run && row.label !== "rest");
      const names = [...new Set(shown.map(({ label }) => label))];
      expect(names.sort()).toEqual(categories);
      for (const name of names) expect(shown.filter(({ label }) => label === name)).toHaveLength(5);
    }
    expect(labelsOf("subj1")).not.toEqual(labelsOf("subj2"));
  });

  test("network and behaviour agree to some extent, but not fully", async () => {
    const npz = await readNpz(join(folder, "models/network_embeddings.npz"));
    const [names, embeddings] = ["categories", "embeddings"].map((name) => npz.get(name));
    if (names === undefined || embeddings === undefined) throw new Error("an array is missing");
    const network = computeRdm(asMatrix(embeddings), { items: asStrings(names) });
    const judged = await readCsv(join(folder, "models/behaviour_similarity.csv"));
    const items = judged.column("category").map(String);
    expect(judged.names).toEqual(["category", ...items]);
    const pairs = items.flatMap((_, i) =>
      items.slice(i + 1).map((other) => 1 - Number(judged.column(other)[i])),
    );
    const behaviour = new Rdm(pairs, { items, metric: "1 − similarity" });
    const rho = rsa(network, behaviour).single();
    expect(rho).toBeGreaterThan(0.3);
    expect(rho).toBeLessThan(0.8);
    expect(network.between("face", "cat")).toBeLessThan(network.between("face", "house"));
  });

  test("the ventral mask holds the category region and nothing of the network region", async () => {
    const [ventral, regions] = await Promise.all(
      ["subj2/mask4_vt.nii.gz", "planted/subj2.nii.gz"].map((path) =>
        readNifti(join(folder, path)),
      ),
    );
    const count = (region: number, inside: number) =>
      regions.data.filter((value, at) => value === region && ventral.data[at] === inside).length;
    expect(count(1, 1)).toBeGreaterThan(40);
    expect(count(1, 0)).toBe(0);
    expect(count(2, 0)).toBeGreaterThan(20);
    expect(count(2, 1)).toBe(0);
  });

  test("runs drift, and nothing is outside of the brain", async () => {
    const bold = await readNifti(join(folder, "subj1/bold.nii.gz"));
    const nVolumes = bold.shape[3];
    const inBrain = voxelsOf(bold).filter((row) => row.some((value) => value !== 0));
    expect(inBrain.length).toBeGreaterThan(2500);
    expect(inBrain.length).toBeLessThan(5000);
    expect(inBrain.every((row) => row.every((value) => value > 300))).toBe(true);
    const run = Float64Array.from({ length: nVolumes / 6 }, (_, at) => at);
    const trends = inBrain.map((row) => Math.abs(pearson(run, row.subarray(0, run.length))));
    expect(trends.reduce((sum, r) => sum + r, 0) / trends.length).toBeGreaterThan(0.4);
  });
});

function voxelsOf({ data, shape }: NiftiImage): Float64Array[] {
  const n = shape[3];
  return Array.from({ length: data.length / n }, (_, v) => data.subarray(v * n, (v + 1) * n));
}

test("the planted codes are what they are said to be", () => {
  const embeddings = drawEmbeddings(random(1));
  const centres = Array.from({ length: 4000 }, (_, i) => {
    const centre = i % 2 === 0 ? planted.category.centres[0] : planted.network.centres[0];
    return [centre[0], centre[1], centre[2]] as const;
  });
  const head = { signal: new Float64Array(4000), voxels: [...centres.keys()], centres };
  const { patterns } = plantIn(head, embeddings, [0, 0, 0], random(2));
  const rdm = (start: number) =>
    computeRdm(patterns.map((row) => row.filter((_, at) => at % 2 === start)));
  const network = computeRdm({ data: embeddings, shape: [8, embeddings.length / 8] });
  expect(rsa(rdm(1), network).single()).toBeGreaterThan(0.9);
  const category = rdm(0).condensed;
  expect(Math.max(...category) - Math.min(...category)).toBeLessThan(0.2);
  expect(drawSimilarity(embeddings, random(3))[2][2]).toBe(1);
});

test("the same seed makes the same files, to the byte", async () => {
  const { makeHaxbyLike } = await import("../../data-fetch/demo/haxby-like/make.ts");
  await makeHaxbyLike(join(home, "again"), undefined, 1);
  for (const path of ["subj1/bold.nii.gz", "subj1/anat.nii.gz", "models/behaviour_similarity.csv"])
    expect(await sha256Of(join(home, "again", path))).toBe(await sha256Of(join(folder, path)));
}, 60_000);

test("a folder without the data says which archive to unpack", async () => {
  await expect(locateData("haxby2001", home)).rejects.toThrow(
    /subj1.bold\.nii\.gz; haxby2001 needs it and .*; download http.*subj1-2010\.01\.14\.tar\.gz/,
  );
});
