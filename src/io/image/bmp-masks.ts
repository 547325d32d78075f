import { FileFormatError } from "../../core/errors.ts";
import type { BmpHeader } from "./bmp-header.ts";

/** Which bits of a pixel are one channel. */
export interface ChannelMask {
  readonly shift: number;
  /** The greatest value: 31 for 5 bits, 255 for 8. */
  readonly most: number;
}

const PLAIN_16 = [0x7c00, 0x03e0, 0x001f];
const PLAIN_32 = [0xff0000, 0xff00, 0xff];
/** From this size on the second header holds a mask for alpha. */
const ALPHA_HEADER = 56;
const FILE_HEADER_AND_INFO = 54;

/** Masks of red, green, blue, and of alpha if the image has it. Throws when they are not runs of 1 to 8 bits. */
export function channelMasks(bytes: Uint8Array, header: BmpHeader, file: string): ChannelMask[] {
  if (header.coding === "plain")
    return (header.bits === 16 ? PLAIN_16 : PLAIN_32).map((mask) => toMask(mask, header, file));
  const withAlpha = header.infoBytes >= ALPHA_HEADER && header.infoBytes !== 64;
  const end = FILE_HEADER_AND_INFO + (withAlpha ? 16 : 12);
  if (end > header.dataStart) {
    const found = `pixels at byte ${header.dataStart}`;
    throw new FileFormatError(file, "channel masks", `${end} bytes before the pixels`, found);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + FILE_HEADER_AND_INFO);
  const masks = [0, 4, 8].map((at) => toMask(view.getUint32(at, true), header, file));
  const alpha = withAlpha ? view.getUint32(12, true) : 0;
  return alpha === 0 ? masks : [...masks, toMask(alpha, header, file)];
}

/** A channel's value scaled to 0…255, rounded down as Pillow does. */
export function takeChannel(pixel: number, { shift, most }: ChannelMask): number {
  const value = (pixel >>> shift) & most;
  return Math.floor((value * 255) / most);
}

function toMask(mask: number, { bits }: BmpHeader, file: string): ChannelMask {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  const run = (most & (most + 1)) === 0;
  if (run && most > 0 && most <= 255 && mask < 2 ** bits) return { shift, most };
  const found = `0x${mask.toString(16)}`;
  throw new FileFormatError(file, "channel mask", "a run of 1 to 8 bits in a pixel", found);
}
