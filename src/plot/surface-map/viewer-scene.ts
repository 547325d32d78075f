import { deflate } from "#platform/png";
import type { Mesh } from "../../surface/mesh-edges.ts";
import type { Parcels } from "../../surface/parcels.ts";
import { base64 } from "../png/data-url.ts";
import type { DrawnHalf } from "./surface-panels.ts";
import type { SurfaceFrames } from "./surface-values.ts";

/** More values than this are of every second time, or fewer: a page is no place for 50 MB. */
const MOST_VALUES = 1_200_000;
const LEVELS = 65_535;
/** Between two halves, of the width of both. */
const GAP = 0.02;

/** Where the levels of packed points lie. */
export interface SceneBox {
  readonly low: readonly number[];
  readonly step: number;
}

/** One half as the script of a viewer takes it: packed numbers. */
export interface SceneHalf {
  readonly side: string;
  readonly points: string;
  readonly triangles: string;
  readonly folds: string | null;
  readonly labels: string | null;
  readonly names: readonly string[];
  /** Frames × vertices, float32. */
  readonly values: string;
}

/**
 * The frames that a viewer holds, each laid out once: all where there is room, else each so many-th, that of the still
 * picture among them (said in `how`).
 */
export function heldFrames(
  frames: SurfaceFrames,
  start: number,
): { readonly frames: SurfaceFrames; readonly start: number } {
  const { times, nFrames, how } = frames;
  const first = frames.halvesAt(start);
  const nVertices = first.reduce((sum, { values }) => sum + values.length, 0);
  const step = Math.ceil(nFrames / Math.max(1, Math.floor(MOST_VALUES / nVertices)));
  const held = Array.from({ length: nFrames }, (_, frame) => frame).filter(
    (frame) => (frame - start) % step === 0,
  );
  const laid = held.map((frame) => (frame === start ? first : frames.halvesAt(frame)));
  const thinned = held.length < nFrames ? `${held.length} of ${nFrames} times.` : "";
  return {
    frames: {
      ...frames,
      times: times.filter((_, frame) => held.includes(frame)),
      nFrames: held.length,
      halvesAt: (frame) => laid[frame],
      how: [how, thinned].join(" ").trim(),
    },
    start: held.indexOf(start),
  };
}

/** The halves apart from each other, packed. */
export function sceneHalves(
  halves: readonly DrawnHalf[],
  parcels: Parcels | undefined,
  { halvesAt, nFrames }: SurfaceFrames,
): { readonly box: SceneBox; readonly halves: readonly SceneHalf[] } {
  const places = apart(halves.map(({ mesh }) => mesh));
  const box = boxAround(places);
  const values = halves.map(({ mesh }) => new Float32Array(nFrames * mesh.points.shape[0]));
  for (let frame = 0; frame < nFrames; frame++)
    halvesAt(frame).forEach((half, h) => values[h].set(half.values, frame * half.values.length));
  const scene = halves.map(({ side, mesh, skin }, h) => ({
    side,
    points: packed(
      Uint16Array.from(places[h], (value, k) => (value - box.low[k % 3]) / box.step + 0.5),
    ),
    triangles: packed(Int32Array.from(mesh.triangles.data)),
    folds: skin.curvature === undefined ? null : packed(Float32Array.from(skin.curvature)),
    labels: skin.labels === undefined ? null : packed(Int16Array.from(skin.labels)),
    names: (parcels?.[side]?.entries ?? []).map(({ name }) => name ?? ""),
    values: packed(values[h]),
  }));
  return { box, halves: scene };
}

/** Points of both halves, the right one moved to the right where they would lie in one another, as inflated ones do. */
function apart(meshes: readonly Mesh[]): Float64Array[] {
  const places = meshes.map(({ points }) => Float64Array.from(points.data));
  if (places.length < 2) return places;
  const [left, right] = places.map((data) => rangeOf(data, 0));
  const gap = GAP * (left.high - left.low + right.high - right.low);
  const move = Math.max(0, left.high + gap - right.low);
  for (let at = 0; at < places[1].length; at += 3) places[1][at] += move;
  return places;
}

function boxAround(places: readonly Float64Array[]): SceneBox {
  const ranges = [0, 1, 2].map((axis) => {
    const all = places.map((data) => rangeOf(data, axis));
    const low = Math.min(...all.map((one) => one.low));
    return { low, size: Math.max(...all.map((one) => one.high)) - low };
  });
  const size = Math.max(...ranges.map((one) => one.size));
  return { low: ranges.map(({ low }) => low), step: size / LEVELS || 1 };
}

function rangeOf(data: Float64Array, axis: number): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let at = axis; at < data.length; at += 3) {
    low = Math.min(low, data[at]);
    high = Math.max(high, data[at]);
  }
  return { low, high };
}

function packed(numbers: Uint16Array | Int16Array | Int32Array | Float32Array): string {
  return base64(deflate(new Uint8Array(numbers.buffer)));
}
