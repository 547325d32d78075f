import type { Mesh } from "../../surface/mesh-edges.ts";
import { triangleNormals } from "../../surface/triangle-points.ts";
import { colourOf, type MapColours } from "../stat-map/map-colours.ts";
import { isDrawn } from "../stat-map/shown.ts";
import type { Raster } from "./rasterize.ts";
import type { ViewAxes } from "./surface-view.ts";

/** What one half of the cortex looks like. */
export interface Skin {
  /** A value for each vertex; NaN shows the cortex. */
  readonly values: ArrayLike<number>;
  readonly colours: MapColours;
  /** Above 0 in a sulcus; undefined: all cortex has one grey. */
  readonly curvature: ArrayLike<number> | undefined;
  /** The parcel of each vertex, whose borders are drawn; undefined: none. */
  readonly labels: ArrayLike<number> | undefined;
}

const ambient = 0.45;
const plain = 168;
const gyrus = 186;
const sulcus = 122;
const borderGrey = 25;
/** Pixels of a border before pixels are averaged. */
const borderPx = 2;

/** Mean direction of the surface at each vertex, of length 1. */
export function vertexNormals(mesh: Mesh): Float32Array {
  const ofTriangles = triangleNormals(mesh);
  const normals = new Float32Array(mesh.points.data.length);
  const { data } = mesh.triangles;
  for (let at = 0; at < data.length; at++)
    for (let axis = 0; axis < 3; axis++)
      normals[3 * data[at] + axis] += ofTriangles[3 * Math.floor(at / 3) + axis];
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at], normals[at + 1], normals[at + 2]) || 1;
    for (let axis = 0; axis < 3; axis++) normals[at + axis] /= length;
  }
  return normals;
}

/** Colours of all pixels, four bytes each: values first interpolated, then coloured, so that thresholds are crisp. */
export function shade(
  raster: Raster,
  mesh: Mesh,
  normals: Float32Array,
  axes: ViewAxes,
  skin: Skin,
): Uint8ClampedArray {
  const { width, height, triangle, first, second } = raster;
  const pixels = new Uint8ClampedArray(4 * width * height);
  const corners = mesh.triangles.data;
  const [tx, ty, tz] = axes.towards;
  const facing = new Float32Array(normals.length / 3);
  for (let v = 0; v < facing.length; v++)
    facing[v] = Math.abs(normals[3 * v] * tx + normals[3 * v + 1] * ty + normals[3 * v + 2] * tz);
  for (let at = 0; at < triangle.length; at++) {
    const t = triangle[at];
    if (t < 0) continue;
    const [a, b, c] = [corners[3 * t], corners[3 * t + 1], corners[3 * t + 2]];
    const [wa, wb] = [first[at], second[at]];
    const wc = 1 - wa - wb;
    const light = ambient + (1 - ambient) * (wa * facing[a] + wb * facing[b] + wc * facing[c]);
    paint(pixels, 4 * at, light, skin, [a, b, c], [wa, wb, wc]);
  }
  if (skin.labels !== undefined) drawBorders(raster, corners, skin.labels, pixels);
  return pixels;
}

type Three = readonly [number, number, number];

function paint(
  pixels: Uint8ClampedArray,
  at: number,
  light: number,
  { values, colours, curvature }: Skin,
  corners: Three,
  weights: Three,
): void {
  const value = mixed(values, corners, weights);
  pixels[at + 3] = 255;
  if (isDrawn(colours, value)) {
    const [red, green, blue] = colours.colours[colourOf(colours, value)];
    // Colours keep most of their strength, so that they can be read off the bar.
    const soft = 0.6 + 0.4 * light;
    pixels[at] = red * soft;
    pixels[at + 1] = green * soft;
    pixels[at + 2] = blue * soft;
    return;
  }
  const grey = light * greyOf(curvature, corners, weights);
  pixels[at] = pixels[at + 1] = pixels[at + 2] = grey;
}

/** Between the corners; where one has no value that of the nearest corner, which may be none. */
function mixed(values: ArrayLike<number>, [a, b, c]: Three, weights: Three): number {
  const value = weights[0] * values[a] + weights[1] * values[b] + weights[2] * values[c];
  return Number.isNaN(value) ? values[nearest([a, b, c], weights)] : value;
}

function nearest([a, b, c]: Three, [wa, wb, wc]: Three): number {
  return wa >= wb && wa >= wc ? a : wb >= wc ? b : c;
}

/** Gyri are light and sulci dark, with a short way between. */
function greyOf(curvature: ArrayLike<number> | undefined, corners: Three, weights: Three): number {
  if (curvature === undefined) return plain;
  const value = mixed(curvature, corners, weights);
  if (Number.isNaN(value)) return plain;
  return gyrus + (sulcus - gyrus) / (1 + Math.exp(-value * 30));
}

function drawBorders(
  { width, height, triangle, first, second }: Raster,
  corners: ArrayLike<number>,
  labels: ArrayLike<number>,
  pixels: Uint8ClampedArray,
): void {
  const label = new Int32Array(width * height).fill(-2);
  for (let at = 0; at < label.length; at++) {
    const t = triangle[at];
    if (t < 0) continue;
    const [wa, wb] = [first[at], second[at]];
    const three: Three = [corners[3 * t], corners[3 * t + 1], corners[3 * t + 2]];
    label[at] = labels[nearest(three, [wa, wb, 1 - wa - wb])];
  }
  for (let y = 0; y + borderPx < height; y++)
    for (let x = 0; x + borderPx < width; x++) {
      const at = y * width + x;
      if (label[at] === -2) continue;
      const differs = (other: number) => label[other] !== -2 && label[other] !== label[at];
      if (differs(at + borderPx) || differs(at + borderPx * width))
        pixels[4 * at] = pixels[4 * at + 1] = pixels[4 * at + 2] = borderGrey;
    }
}

/** Half as wide and high: each pixel the mean of four, weighted by how much of it is covered. */
export function halved(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
): Uint8ClampedArray {
  const small = new Uint8ClampedArray((pixels.length / 4) | 0);
  const [w, h] = [width / 2, height / 2];
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const to = 4 * (y * w + x);
      let covered = 0;
      const sums = [0, 0, 0];
      for (let k = 0; k < 4; k++) {
        const from = 4 * ((2 * y + (k >> 1)) * width + 2 * x + (k & 1));
        if (pixels[from + 3] === 0) continue;
        covered++;
        for (let channel = 0; channel < 3; channel++) sums[channel] += pixels[from + channel];
      }
      if (covered === 0) continue;
      for (let channel = 0; channel < 3; channel++) small[to + channel] = sums[channel] / covered;
      small[to + 3] = (255 * covered) / 4;
    }
  return small;
}
