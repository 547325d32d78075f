import { expect, test } from "vitest";
import { resizeImage } from "../../../src/io/image/index.ts";

const image = (width: number, height: number, data: number[]) => ({
  width,
  height,
  channels: 1 as const,
  data: Uint8Array.from(data),
  name: "t",
});

test("each pixel is the mean of the area it covers", () => {
  const small = resizeImage(image(4, 2, [0, 10, 20, 30, 40, 50, 60, 70]), {
    widthPx: 2,
    heightPx: 1,
  });
  expect(Array.from(small.data)).toEqual([25, 45]);
  // Three pixels to two: one and a half each.
  const uneven = resizeImage(image(3, 1, [0, 90, 180]), { widthPx: 2, heightPx: 1 });
  expect(Array.from(uneven.data)).toEqual([30, 150]);
});

test("colours stay apart, rows and columns too", () => {
  const colours = { ...image(1, 1, []), width: 2, height: 2, channels: 3 as const };
  const data = Uint8Array.of(10, 20, 30, 10, 20, 30, 110, 120, 130, 110, 120, 130);
  const small = resizeImage({ ...colours, data }, { widthPx: 1, heightPx: 2 });
  expect(Array.from(small.data)).toEqual([10, 20, 30, 110, 120, 130]);
});

test("a size that is no size is refused", () => {
  expect(() => resizeImage(image(1, 1, [0]), { widthPx: 0, heightPx: 1 })).toThrow("widthPx");
});

test("what cannot be seen does not bleed into what can", () => {
  const clear = { ...image(1, 1, []), width: 2, height: 1, channels: 4 as const };
  const data = Uint8Array.of(200, 100, 50, 255, 0, 255, 0, 0);
  const small = resizeImage({ ...clear, data }, { widthPx: 1, heightPx: 1 });
  expect(Array.from(small.data)).toEqual([200, 100, 50, 128]);
  const none = { ...clear, data: Uint8Array.of(9, 9, 9, 0, 7, 7, 7, 0) };
  expect(Array.from(resizeImage(none, { widthPx: 1, heightPx: 1 }).data)).toEqual([0, 0, 0, 0]);
});
