import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocatedData } from "../../data-fetch/index.ts";
import { locateData, sha256Of } from "../../data-fetch/index.ts";
import { toMimeBundle } from "../../src/core/display.ts";
import {
  asMatrix,
  asStrings,
  computeRdm,
  readEpochs,
  readImage,
  readNpz,
  rsa,
  rsaEpochs,
  stackImages,
  vectorviewSelection,
} from "../../src/index.ts";
import type { Epochs, Rdm } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-demo-"));
const before = process.env.TSRSA_DATA_DIR;
beforeAll(() => {
  process.env.TSRSA_DATA_DIR = folder;
});
afterAll(() => {
  if (before === undefined) delete process.env.TSRSA_DATA_DIR;
  else process.env.TSRSA_DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

describe("meg-faces, in the layout of MNE-RSA's rsa-data", () => {
  let data = "";
  let located: LocatedData;
  let epochs: Epochs;
  let pixels: Rdm;
  let network: Rdm;

  beforeAll(async () => {
    located = await locateData("meg-faces", "demo");
    expect(located).toMatchObject({ kind: "demo" });
    data = located.folder;
    epochs = await readEpochs(join(data, "sub-02/sub-02-epo.fif"));
    const npz = await readNpz(join(data, "stimuli/facenet_embeddings.npz"));
    const [filenames, embeddings] = ["filenames", "embeddings"].map((name) => npz.get(name));
    if (filenames === undefined || embeddings === undefined)
      throw new Error("the npz lacks an array");
    const files = asStrings(filenames);
    expect(asMatrix(embeddings).shape).toEqual([450, 512]);
    const images = await Promise.all(files.map((file) => readImage(join(data, "stimuli", file))));
    expect(stackImages(images).shape).toEqual([450, 162, 128]);
    pixels = computeRdm(stackImages(images), { items: files, name: "pixels" });
    network = computeRdm(asMatrix(embeddings), { items: files, name: "network" });
  });

  test("its note is coloured, and breaks where a page is narrow", async () => {
    const { "text/html": html } = await toMimeBundle(located);
    expect(html).toMatch(
      /^<p style="overflow-wrap:anywhere;background:#[^"]+" class="data-note demo">/,
    );
  });

  test("450 stimuli in three classes", () => {
    const bmps = readdirSync(join(data, "stimuli")).filter((name) => name.endsWith(".bmp"));
    expect(bmps).toHaveLength(450);
    for (const kind of "fsu")
      expect(bmps.filter((name) => name.startsWith(kind))).toHaveLength(150);
    expect(pixels.items?.every((item) => bmps.includes(item))).toBe(true);
  });

  test("879 epochs of 887, nine events, every stimulus at least once", () => {
    expect(epochs.length).toBe(879);
    expect(epochs.dropLog).toHaveLength(887);
    expect(epochs.selection[878]).toBeGreaterThan(878);
    expect(new Set(epochs.eventNames).size).toBe(9);
    expect(epochs.metadata?.names).toEqual(["trigger", "file"]);
    expect(new Set(epochs.column("file")).size).toBe(450);
    expect(Array.from(epochs.events.codes)).toEqual(epochs.column("trigger"));
  });

  test("24 left-occipital gradiometers, and 243 samples from −0.1 to 1 s, as in the real file", () => {
    const occipital = epochs
      .pick(vectorviewSelection("Left-occipital"))
      .pick("grad")
      .crop({ tminS: -0.1, tmaxS: 1 });
    expect([
      occipital.info.channels.length,
      occipital.times.length,
      occipital.info.sfreqHz,
    ]).toEqual([24, 243, 220]);
  });

  test("the planted effect is found again: pixels before the network, correlations as small as published ones", async () => {
    const occipital = epochs
      .pick(vectorviewSelection("Left-occipital"))
      .pick("grad")
      .crop({ tminS: -0.1, tmaxS: 1 });
    const scores = await rsaEpochs(occipital, [pixels, network], {
      labels: "file",
      temporalRadiusS: 0.1,
      onProgress: false,
    });
    expect(scores.times).toHaveLength(199);
    const [early, late] = [scores.peak("pixels"), scores.peak("network")];
    expect(early.timeS).toBeLessThan(late.timeS - 0.1);
    for (const peak of [early, late]) {
      expect(peak.score).toBeGreaterThan(0.05);
      expect(peak.score).toBeLessThan(0.2);
    }
    const after = scores.series("network").values.subarray(150);
    expect(Math.max(...after.map(Math.abs))).toBeLessThan(0.02);
  });

  test("the two models agree to some extent, but not fully", () => {
    const rho = rsa(pixels, network).single();
    expect(rho).toBeGreaterThan(0.1);
    expect(rho).toBeLessThan(0.5);
  });
});

test("the same seed makes the same files, to the byte", async () => {
  const { makeEegPriming } = await import("../../data-fetch/demo/eeg-priming/make.ts");
  const made = await locateData("eeg-priming", "demo");
  await makeEegPriming(join(folder, "again"));
  expect(await sha256Of(join(folder, "again/subject04-epo.fif"))).toBe(
    await sha256Of(join(made.folder, "subject04-epo.fif")),
  );
});

test("the EEG twin has the shape and the metadata of the real recording", async () => {
  const { folder: data } = await locateData("eeg-priming", "demo");
  const epochs = await readEpochs(join(data, "subject04-epo.fif"));
  expect((await epochs.read()).shape).toEqual([200, 32, 60]);
  expect(epochs.metadata?.names).toEqual([
    "cue",
    "association",
    "label",
    "FAS",
    "button",
    "reaction-time",
  ]);
  expect(new Set(epochs.column("cue")).size).toBe(200);
});
