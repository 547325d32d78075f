import type { Random } from "../../../src/core/random.ts";
import type { Pixels } from "../../../src/core/pixels.ts";
import { Canvas, type Colour } from "./canvas.ts";

/** What a drawn scene may show. */
export const kinds = [
  "person",
  "animal",
  "food",
  "vehicle",
  "building",
  "room",
  "trees",
  "sport",
] as const;

/** What makes one scene differ from another of its kind; each number is about −1 … 1. */
export interface SceneTraits {
  readonly light: number;
  readonly warmth: number;
  readonly horizon: number;
  readonly size: number;
  readonly place: number;
  readonly clutter: number;
}

/** A scene: its kind, and what makes it this one. */
export interface Scene {
  /** Place in {@link kinds}. */
  readonly kind: number;
  readonly traits: SceneTraits;
  readonly pixels: Pixels;
}

const side = 128;

/** A random scene in colour, 128 × 128, drawn with simple shapes. */
export function drawScene(random: Random): Scene {
  const kind = random.integer(kinds.length);
  const trait = () => Math.max(-1.6, Math.min(1.6, 0.7 * random.normal()));
  const traits = {
    light: trait(),
    warmth: trait(),
    horizon: trait(),
    size: trait(),
    place: trait(),
    clutter: trait(),
  };
  const canvas = new Canvas(side);
  paintGround(canvas, traits);
  paintClutter(canvas, traits, random);
  painters[kind](canvas, traits, random);
  return { kind, traits, pixels: canvas.toPixels() };
}

function paintGround(canvas: Canvas, { light, warmth, horizon }: SceneTraits): void {
  const edge = 64 + 14 * horizon;
  const above = tint(165 + 40 * light, -0.5 + 0.6 * warmth);
  const below = tint(95 + 25 * light, 0.4 + 0.7 * warmth);
  canvas.paint((_, y) =>
    y < edge ? shade(above, -0.3 * (edge - y)) : shade(below, 0.2 * (y - edge)),
  );
}

/** Small spots behind the main thing. */
function paintClutter(canvas: Canvas, { clutter, warmth }: SceneTraits, random: Random): void {
  const many = Math.round(7 + 6 * clutter);
  for (let i = 0; i < many; i++) {
    const colour = tint(60 + 150 * random.next(), warmth + 0.8 * random.normal());
    canvas.ellipse(
      side * random.next(),
      side * random.next(),
      2 + 4 * random.next(),
      2 + 3 * random.next(),
      colour,
    );
  }
}

type Painter = (canvas: Canvas, traits: SceneTraits, random: Random) => void;

const painters: readonly Painter[] = [person, animal, food, vehicle, building, room, trees, sport];

function frame({ size, place }: SceneTraits): { s: number; x: number; y: number } {
  return { s: 1 + 0.25 * size, x: 64 + 14 * place, y: 80 };
}

function person(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x, y } = frame(traits);
  const coat = tint(70 + 120 * random.next(), random.normal());
  canvas.rect(x - 9 * s, y + 8 * s, x - 1 * s, y + 36 * s, [45, 45, 70]);
  canvas.rect(x + 1 * s, y + 8 * s, x + 9 * s, y + 36 * s, [45, 45, 70]);
  canvas.ellipse(x, y - 6 * s, 14 * s, 20 * s, coat);
  canvas.ellipse(x, y - 34 * s, 9 * s, 11 * s, [214, 170, 140]);
  canvas.ellipse(x, y - 42 * s, 9 * s, 5 * s, [60, 40, 30]);
}

function animal(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x, y } = frame(traits);
  const coat = tint(80 + 100 * random.next(), 0.5);
  for (const leg of [-20, -12, 10, 18])
    canvas.rect(x + leg * s, y, x + (leg + 5) * s, y + 26 * s, coat);
  canvas.ellipse(x, y - 4 * s, 27 * s, 13 * s, coat);
  canvas.ellipse(x + 28 * s, y - 18 * s, 10 * s, 8 * s, coat);
  canvas.ellipse(x + 31 * s, y - 20 * s, 2, 2, [15, 15, 15]);
}

function food(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x } = frame(traits);
  canvas.ellipse(x, 74, 44 * s, 34 * s, [235, 235, 228]);
  canvas.ellipse(x, 74, 36 * s, 27 * s, [222, 222, 214]);
  for (let i = 0; i < 9; i++) {
    const [dx, dy] = [22 * s * random.normal() * 0.6, 16 * s * random.normal() * 0.6];
    canvas.ellipse(
      x + dx,
      74 + dy,
      9 * s,
      7 * s,
      tint(100 + 90 * random.next(), 0.8 + 0.6 * random.normal()),
    );
  }
}

function vehicle(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x, y } = frame(traits);
  const paint = tint(110 + 90 * random.next(), 1.2 * random.normal());
  canvas.rect(x - 40 * s, y - 12 * s, x + 40 * s, y + 12 * s, paint);
  canvas.rect(x - 24 * s, y - 30 * s, x + 22 * s, y - 12 * s, shade(paint, -25));
  canvas.rect(x - 20 * s, y - 27 * s, x + 18 * s, y - 14 * s, [190, 210, 225]);
  for (const dx of [-24, 24]) canvas.ellipse(x + dx * s, y + 13 * s, 10 * s, 10 * s, [25, 25, 28]);
}

function building(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x } = frame(traits);
  const wall = tint(120 + 70 * random.next(), 0.3);
  canvas.rect(x - 30 * s, 22, x + 30 * s, 112, wall);
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 4; column++) {
      const left = x + (-24 + 13 * column) * s;
      canvas.rect(
        left,
        30 + 16 * row,
        left + 7 * s,
        40 + 16 * row,
        random.next() < 0.3 ? [245, 225, 140] : [60, 70, 90],
      );
    }
  }
}

function room(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { x } = frame(traits);
  const wall = tint(170 + 40 * traits.light, 0.4);
  canvas.paint((px, py) => {
    const [dx, dy] = [(px - x) / 64, (py - 60) / 64];
    if (Math.abs(dx) < 0.45 && Math.abs(dy) < 0.4) return wall;
    return Math.abs(dx) * 0.9 > Math.abs(dy) ? shade(wall, -35) : shade(wall, dy > 0 ? -70 : 20);
  });
  canvas.rect(x - 26, 74, x + 26, 98, tint(90 + 80 * random.next(), random.normal()));
  canvas.rect(x - 12, 42, x + 12, 62, [150, 190, 220]);
}

function trees(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s } = frame(traits);
  for (let i = 0; i < 6; i++) {
    const x = 10 + 108 * random.next();
    canvas.rect(x - 3 * s, 50, x + 3 * s, 112, [80, 58, 40]);
    for (let crown = 0; crown < 3; crown++)
      canvas.ellipse(x + 5 * random.normal(), 44 - 9 * crown, (20 - 5 * crown) * s, 12 * s, [
        40 + 30 * random.next(),
        95 + 40 * random.next(),
        45,
      ]);
  }
}

function sport(canvas: Canvas, traits: SceneTraits, random: Random): void {
  const { s, x } = frame(traits);
  canvas.rect(0, 56, 128, 128, [60, 135 + 20 * traits.light, 62]);
  for (const y of [66, 88, 114]) canvas.rect(0, y, 128, y + 2.5, [232, 236, 232]);
  canvas.ellipse(x, 70, 8 * s, 15 * s, tint(120 + 80 * random.next(), 1.5 * random.normal()));
  canvas.ellipse(x, 50, 6 * s, 7 * s, [200, 160, 130]);
  canvas.ellipse(x + 30 * s, 92, 5 * s, 5 * s, [240, 240, 240]);
}

/** A colour of so much light, from cold (−1) to warm (1). */
function tint(light: number, warmth: number): Colour {
  return [light + 28 * warmth, light, light - 30 * warmth];
}

function shade([red, green, blue]: Colour, by: number): Colour {
  return [red + by, green + by, blue + by];
}
