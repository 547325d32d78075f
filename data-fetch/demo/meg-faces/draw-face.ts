import type { Random } from "../../../src/core/random.ts";

/** Pixels of a stimulus, as in the real set: 128 × 162, 8-bit grey. */
export const stimulusWidth = 128;
export const stimulusHeight = 162;

/** What makes one drawn face differ from another; each number is about −1 … 1. */
export interface FaceTraits {
  readonly headWidth: number;
  readonly headHeight: number;
  readonly skin: number;
  readonly hair: number;
  readonly hairLine: number;
  readonly eyeDistance: number;
  readonly eyeHeight: number;
  readonly eyeSize: number;
  readonly noseLength: number;
  readonly mouthWidth: number;
  readonly mouthHeight: number;
  readonly light: number;
  readonly background: number;
}

/** Traits of a face; famous faces (`spread` below 1) are photographed more alike. */
export function randomTraits(random: Random, spread: number): FaceTraits {
  const trait = () => Math.max(-1.5, Math.min(1.5, random.normal() * 0.6)) * spread;
  return {
    headWidth: trait(),
    headHeight: trait(),
    skin: trait(),
    hair: trait(),
    hairLine: trait(),
    eyeDistance: trait(),
    eyeHeight: trait(),
    eyeSize: trait(),
    noseLength: trait(),
    mouthWidth: trait(),
    mouthHeight: trait(),
    light: trait(),
    background: trait(),
  };
}

/** A simple face in grey: head, hair, eyes, brows, nose and mouth, lit from one side, with a little grain. */
export function drawFace(traits: FaceTraits, random: Random): Uint8Array {
  const shade = faceShade(traits);
  const pixels = new Uint8Array(stimulusWidth * stimulusHeight);
  for (let y = 0, at = 0; y < stimulusHeight; y++) {
    for (let x = 0; x < stimulusWidth; x++, at++)
      pixels[at] = toByte(shade(x, y) + 5 * random.normal());
  }
  return pixels;
}

/**
 * A scrambled face: the face is cut into tiles that are put together in another order and orientation inside the same
 * oval, so that brightness and contrast stay and the face does not.
 */
export function scramble(face: Uint8Array, traits: FaceTraits, random: Random): Uint8Array {
  const tile = 8;
  const across = stimulusWidth / tile;
  const down = Math.floor(stimulusHeight / tile);
  const order = random.permutation(across * down);
  const turn = Array.from(order, () => random.integer(4));
  const inside = faceOval(traits);
  return face.map((pixel, at) => {
    const x = at % stimulusWidth;
    const y = Math.floor(at / stimulusWidth);
    const place = Math.floor(y / tile) * across + Math.floor(x / tile);
    if (inside(x, y) > 1.1 || place >= order.length) return pixel;
    const [dx, dy] = turned(x % tile, y % tile, turn[place], tile);
    const from = order[place];
    return face[
      (Math.floor(from / across) * tile + dy) * stimulusWidth + (from % across) * tile + dx
    ];
  });
}

/** 0 in the middle of the head, 1 on its edge. */
function faceOval({ headWidth, headHeight }: FaceTraits): (x: number, y: number) => number {
  const [rx, ry] = [40 + 4 * headWidth, 56 + 5 * headHeight];
  return (x, y) => Math.hypot((x - 64) / rx, (y - 84) / ry);
}

function faceShade(traits: FaceTraits): (x: number, y: number) => number {
  const oval = faceOval(traits);
  const eyeY = 74 + 4 * traits.eyeHeight;
  const eyeX = 17 + 3 * traits.eyeDistance;
  const mouthY = 112 + 5 * traits.mouthHeight;
  const hairY = 50 + 10 * traits.hairLine;
  const skin = 165 + 22 * traits.skin;
  const hair = 75 + 45 * traits.hair;
  const ground = 118 + 30 * traits.background;
  return (x, y) => {
    const r = oval(x, y);
    const sideX = Math.abs(x - 64);
    if (r > 1.14) return ground;
    const lit = skin + 16 * traits.light * ((x - 64) / 40) - 26 * r * r;
    const covered = r > 1 || y < hairY + 0.01 * sideX * sideX;
    let grey = covered ? hair + 8 * Math.cos(x / 3) : lit;
    if (covered) return grey;
    grey -= 90 * blob(sideX - eyeX, y - eyeY, 6 + 1.5 * traits.eyeSize, 3.4 + traits.eyeSize);
    grey -= 45 * blob(sideX - eyeX, y - eyeY + 11, 10, 2.4);
    grey -=
      26 * blob(sideX - 5, y - 96 - 4 * traits.noseLength, 4, 3) + 10 * blob(sideX, y - 84, 3, 14);
    grey -= 65 * blob(sideX, y - mouthY, 14 + 4 * traits.mouthWidth, 3);
    return grey;
  };
}

function blob(dx: number, dy: number, rx: number, ry: number): number {
  return Math.exp(-((dx / rx) ** 2) - (dy / ry) ** 2);
}

function turned(x: number, y: number, quarter: number, size: number): [number, number] {
  const last = size - 1;
  if (quarter === 0) return [x, y];
  if (quarter === 1) return [last - y, x];
  return quarter === 2 ? [last - x, last - y] : [y, last - x];
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
