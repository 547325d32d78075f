import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAlgonauts2023 } from "../../../data-fetch/demo/algonauts2023/make.ts";
import { npyBytes, openAlgonautsSubject, readNpy, asMatrix } from "../../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-algonauts-"));
const subject = join(folder, "subj01");
beforeAll(() => makeAlgonauts2023(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of a participant that a test may spoil. */
function copyOf(name: string): string {
  const copy = join(folder, "copies", name);
  cpSync(join(folder, "subj02"), copy, { recursive: true });
  return copy;
}

describe("a participant's folder", () => {
  test("images are in the order of the rows, regions have their sizes", async () => {
    const { name, images, vertices, rois } = await openAlgonautsSubject(`${subject}/`);
    expect(name).toBe("subj01");
    expect(images).toHaveLength(200);
    expect(images.map(({ row }) => row)).toEqual(images.map((_, at) => at));
    expect(images[0].name).toMatch(/^train-0001_nsd-\d{5}$/);
    expect(vertices).toEqual({ lh: 600, rh: 620 });
    expect(rois.get("all")).toBe(1220);
    expect(rois.get("V1")).toBe((rois.get("V1v") ?? 0) + (rois.get("V1d") ?? 0));
    expect(rois.has("Unknown")).toBe(false);
  });

  test("responses are the rows and columns of the two files, left before right", async () => {
    const opened = await openAlgonautsSubject(subject);
    const images = [opened.images[7].name, opened.images[2].name];
    const { data, vertices } = await opened.readResponses({ roi: "V1d", images });
    const whole = async (side: string) =>
      asMatrix(
        await readNpy(join(subject, `training_split/training_fmri/${side}_training_fmri.npy`)),
      );
    const mask = async (side: string) =>
      asMatrix(
        await readNpy(join(subject, `roi_masks/${side}.prf-visualrois_challenge_space.npy`)),
      );
    const expected: number[] = [];
    for (const row of [7, 2]) {
      for (const side of ["lh", "rh"]) {
        const [values, codes] = [await whole(side), await mask(side)];
        codes.data.forEach((code: number, v: number) => {
          if (code === 2) expected.push(values.data[row * values.shape[1] + v]);
        });
      }
    }
    expect(Array.from(data.data)).toEqual(expected);
    expect(data.shape).toEqual([2, vertices.lh + vertices.rh]);
  });

  test("joined regions count a vertex once; one hemisphere alone", async () => {
    const opened = await openAlgonautsSubject(subject);
    const images = [opened.images[0].name];
    const joined = await opened.readResponses({
      roi: ["V1", "early"],
      images,
      hemispheres: ["rh"],
    });
    const early = await opened.readResponses({ roi: "early", images, hemispheres: ["rh"] });
    expect(joined.vertices).toEqual(early.vertices);
    expect(joined.vertices.lh).toBe(0);
  });

  test("images by name", async () => {
    const opened = await openAlgonautsSubject(subject);
    const [image] = await opened.readImages([opened.images[3].name], { grey: true });
    expect([image.width, image.height, image.channels]).toEqual([128, 128, 1]);
    expect(image.name).toBe(opened.images[3].name);
  });
});

describe("what is wrong with a folder is said", () => {
  test("no such folder, no responses", async () => {
    await expect(openAlgonautsSubject(join(folder, "nobody"))).rejects.toThrow(
      "looked for a folder",
    );
    const copy = copyOf("empty");
    rmSync(join(copy, "training_split/training_fmri/rh_training_fmri.npy"));
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("access is by agreement");
  });

  test("an image is missing in the middle, or at the end", async () => {
    const copy = copyOf("images");
    const { images } = await openAlgonautsSubject(copy);
    rmSync(images[149].path);
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("150 training images, one a row");
    rmSync(images[4].path);
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("train-0005_nsd");
  });

  test("an image of another name", async () => {
    const copy = copyOf("names");
    const { images } = await openAlgonautsSubject(copy);
    renameSync(images[0].path, join(copy, "training_split/training_images/cat.png"));
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("train-NNNN_nsd-NNNNN.png");
  });

  test("hemispheres of different length", async () => {
    const copy = copyOf("hemispheres");
    const short = npyBytes({ data: new Float32Array(149 * 620), shape: [149, 620] });
    writeFileSync(join(copy, "training_split/training_fmri/rh_training_fmri.npy"), short);
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("as in the left hemisphere");
  });

  test("a mask of another participant, a code without a name", async () => {
    const copy = copyOf("mask");
    const path = join(copy, "roi_masks/lh.streams_challenge_space.npy");
    writeFileSync(path, npyBytes(new Int32Array(599)));
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("belong to another participant");
    writeFileSync(path, npyBytes(new Int32Array(600).fill(99)));
    await expect(openAlgonautsSubject(copy)).rejects.toThrow("region of vertex 0");
  });

  test("an unknown region, image or hemisphere", async () => {
    const opened = await openAlgonautsSubject(subject);
    await expect(opened.readResponses({ roi: "V1q" })).rejects.toThrow(
      /unknown roi "V1q"; did you mean "V1/,
    );
    await expect(opened.readResponses({ images: ["train-9999"] })).rejects.toThrow("no item");
    await expect(opened.readResponses({ hemispheres: [] })).rejects.toThrow("hemispheres");
  });
});
