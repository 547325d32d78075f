import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { orientationOf, turned } from "../../../src/io/image/orientation.ts";
import { resizePil } from "../../../src/io/image/pil-resize.ts";
import { readImage, type Image } from "../../../src/io/index.ts";
import { prepared, preparedPixels } from "../../../src/networks/prepare/prepare-image.ts";
import {
  fullPreparation,
  preparation,
  preparationWords,
  type Preparation,
} from "../../../src/networks/prepare/preparation.ts";

const images = join(import.meta.dirname, "../../fixtures/network-images");
const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../reference/networks/prepared.json"), "utf8"),
) as {
  images: Record<
    string,
    {
      size: [number, number];
      recipes: Record<string, { size: number; float32?: string; pixels: string }>;
    }
  >;
};

/** What Pillow converts crudely and we refuse. */
const refused = ["cmyk.jpg", "grey16.png"];

const recipes: Record<string, (size: number) => Preparation> = {
  imagenet: (size) => preparation("imagenet", size),
  "imagenet-exif": (size) => ({ ...preparation("imagenet", size), orientation: "apply" }),
  "clip-hf": (size) => preparation("clip", size),
  "stretch-bilinear": (size) => ({ ...preparation("imagenet", size), resize: [size, size] }),
  "grey128-bilinear": (size) => ({ colours: "grey", resize: [size, size] }),
};

const cases = Object.entries(reference.images)
  .filter(([file]) => !refused.includes(file))
  .flatMap(([file, { recipes: all }]) =>
    Object.entries(all)
      .filter(([recipe]) => recipe in recipes)
      .map(([recipe, expected]) => [file, recipe, expected] as const),
  );

const sha256 = (data: Uint8Array | Float32Array): string =>
  createHash("sha256")
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest("hex");

async function read(file: string, recipe: Preparation): Promise<Image> {
  const bytes = readFileSync(join(images, file));
  const image = await readImage(bytes);
  return recipe.orientation === "apply" ? turned(image, orientationOf(bytes)) : image;
}

describe("every picture by every recipe has Pillow's very pixels and torchvision's very numbers", () => {
  test("there are pictures of all kinds", () => expect(cases.length).toBeGreaterThan(80));

  test.each(cases)("%s, %s", async (file, recipe, expected) => {
    const full = fullPreparation(recipes[recipe](expected.size));
    const image = await read(file, full);
    expect(sha256(preparedPixels(image, full).data)).toBe(expected.pixels);
    if (expected.float32 !== undefined && expected.float32 !== null)
      expect(sha256(prepared(image, full, "first").data)).toBe(expected.float32);
  });
});

const plain = (width: number, height: number, channels: 1 | 3 | 4 = 1): Image => ({
  ...{ width, height, channels, name: "plain" },
  data: Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 37) % 256),
});

describe("sizes", () => {
  test.each([
    [214, 321, 336],
    [220, 440, 448],
  ])("of %i × %i the long side becomes %i", (width, height, long) => {
    const image = preparedPixels(plain(width, height), fullPreparation({ resize: 224 }));
    expect([image.width, image.height]).toEqual([224, long]);
  });

  test("half a pixel of the cut goes to the even side, or down", () => {
    const image = plain(7, 4);
    const [even, floor] = (["even", "floor"] as const).map((cropRounding) =>
      preparedPixels(image, fullPreparation({ colours: "grey", crop: 4, cropRounding })),
    );
    expect(even.data[0]).toBe(image.data[2]);
    expect(floor.data[0]).toBe(image.data[1]);
  });

  test("an image smaller than the cut gets a black frame, the odd pixel behind", () => {
    const { data, width } = preparedPixels(
      { ...plain(1, 2), data: Uint8Array.of(9, 8) },
      fullPreparation({ colours: "grey", crop: [3, 4] }),
    );
    expect(width).toBe(4);
    expect([...data]).toEqual([0, 9, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]);
  });

  test("one pixel, and a size that does not change", () => {
    const one = { ...plain(1, 1), data: Uint8Array.of(200) };
    expect([...resizePil(one, 3, 2, "bicubic").data]).toEqual([200, 200, 200, 200, 200, 200]);
    expect(resizePil(one, 1, 1, "bilinear")).toBe(one);
  });
});

describe("numbers", () => {
  test("colours last keep their order, blue first on demand; alpha is left out", () => {
    const image: Image = { ...plain(1, 1, 4), data: Uint8Array.of(10, 20, 30, 0) };
    const given = fullPreparation({ divide: 1, colours: "bgr", mean: [1, 2, 3], sd: 2 });
    expect([...prepared(image, given, "last").data]).toEqual([14.5, 9, 3.5]);
    expect(prepared(image, given, "first")).toMatchObject({ shape: [3, 1, 1] });
  });

  test("what TensorFlow and FaceNet want", () => {
    const image: Image = { ...plain(2, 1), data: Uint8Array.of(0, 255) };
    const own = (name: "tf" | "facenet") => ({ ...preparation(name), resize: undefined });
    expect([...prepared(image, fullPreparation(own("tf")), "last").data.subarray(2, 4)]).toEqual([
      -1, 1,
    ]);
    expect(prepared(image, fullPreparation(own("facenet")), "last").data[0]).toBe(-127.5 / 128);
  });
});

test("a preparation that was changed does not pass for ours, and all its numbers are told", () => {
  const name = (given: Parameters<typeof fullPreparation>[0]) => fullPreparation(given).name;
  expect(name("imagenet")).toBe("imagenet");
  expect(name(preparation("imagenet", 56))).toBe("imagenet-56");
  expect(name({ ...preparation("imagenet"), filter: "bilinear" })).toBe("imagenet");
  expect(name({ ...preparation("imagenet"), filter: "bicubic" })).toBe("imagenet, changed");
  expect(name({ ...preparation("clip", 56), orientation: "apply" })).toBe("clip-56, changed");
  expect(name({ ...preparation("imagenet", 56), crop: 48 })).toBe("imagenet-56, changed");
  expect(name({ name: "ours", divide: 1 })).toBe("ours");
  expect(name({ name: "imagenet-0", divide: 1 })).toBe("imagenet-0");
  expect(name({})).toBe("own");
  const words = (given: Parameters<typeof fullPreparation>[0]) =>
    preparationWords(fullPreparation(given));
  expect(words("imagenet")).toBe(
    "shorter side 256, bilinear; centre 224 (even); rgb; / 255; − 0.485 0.456 0.406; / 0.229 0.224 0.225",
  );
  expect(words({ resize: [8, 9], colours: "grey", orientation: "apply" })).toBe(
    "turned as EXIF says; 8 × 9, bilinear; grey; / 255; − 0; / 1",
  );
});

test("slips are refused, with what is meant", () => {
  expect(() => fullPreparation({ resise: 224 } as never)).toThrow('did you mean "resize"');
  expect(() => fullPreparation("imagnet" as never)).toThrow('did you mean "imagenet"');
  expect(() => fullPreparation({ sd: 0 })).toThrow("not 0");
  expect(() => fullPreparation({ mean: [1, 2] })).toThrow("each of 3 colours");
  expect(() => fullPreparation({ crop: 0 })).toThrow("pixels of a side");
  expect(() => preparation("clip", 2.5)).toThrow("pixels of a side");
  const sixteen = { ...plain(1, 1), data: new Uint16Array(1) } as unknown as Image;
  expect(() => preparedPixels(sixteen, fullPreparation("clip"))).toThrow("8 bits");
  expect(() => preparedPixels({ ...plain(2, 2), width: 3 }, fullPreparation("clip"))).toThrow(
    "height × width",
  );
});

test("an image a pixel wide is refused before it takes all memory", () => {
  const thin = {
    width: 1,
    height: 16384,
    channels: 1 as const,
    data: new Uint8Array(16384),
    name: "thin",
  };
  expect(() => prepared(thin, fullPreparation("imagenet"), "first")).toThrow("256 × 4194304");
  const low = { ...thin, height: 20, data: new Uint8Array(20) };
  expect(prepared(low, fullPreparation("imagenet"), "first").shape).toEqual([3, 224, 224]);
});

test("orientation tags are found in JPEG files, and nothing where there is none", () => {
  const tag = (file: string) => orientationOf(readFileSync(join(images, file)));
  expect(["exif-3.jpg", "exif-5.jpg", "exif-6.jpg", "exif-8.jpg"].map(tag)).toEqual([3, 5, 6, 8]);
  expect(["odd.png", "photo-444.jpg", "grey.bmp"].map(tag)).toEqual([1, 1, 1]);
  expect(orientationOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 9))).toBe(1);
  const png = new Uint8Array(60);
  png.set([0x89, ...Buffer.from("PNG\r\n\x1a\n"), 0, 0, 0, 26, ...Buffer.from("eXIfII*\0")]);
  png.set([8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 7], 20);
  expect(orientationOf(png)).toBe(7);
});

test("every way of turning, on two by three pixels", () => {
  const image: Image = { ...plain(2, 3), data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  const all = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((o) => [...turned(image, o).data].join(""));
  expect(all).toEqual([
    "123456",
    "214365",
    "654321",
    "563412",
    "135246",
    "531642",
    "642531",
    "246135",
  ]);
});
