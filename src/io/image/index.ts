export type { Image } from "./image.ts";
export { toGrey } from "./grey.ts";
export { readImage } from "./read-image.ts";
export type { ReadImageOptions } from "./read-image.ts";
export { resizeImage, type ImageSize } from "./resize.ts";
export { stackImages } from "./stack.ts";
export { bmpBytes, writeBmp } from "./write-bmp.ts";
export { encodePng, writePng } from "./write-png.ts";
