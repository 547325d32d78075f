import type { Mesh } from "../../surface/mesh-edges.ts";
import type { ViewAxes } from "./surface-view.ts";

/** Which triangle each pixel shows, and where in it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Number of the triangle; −1 for none. */
  readonly triangle: Int32Array;
  /** Weights of its first and second corner. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly depth: Float32Array;
}

/** Points on the page: x to the right and y down in pixels, z towards who looks, each point three numbers. */
export interface OnPage {
  readonly places: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** What a view needs of room, in the unit of the points. */
export function extentOf(
  { points: { data } }: Mesh,
  { right, up }: ViewAxes,
): {
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
} {
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  for (let at = 0; at < data.length; at += 3) {
    const x = data[at] * right[0] + data[at + 1] * right[1] + data[at + 2] * right[2];
    const y = data[at] * up[0] + data[at + 1] * up[1] + data[at + 2] * up[2];
    low[0] = Math.min(low[0], x);
    low[1] = Math.min(low[1], y);
    high[0] = Math.max(high[0], x);
    high[1] = Math.max(high[1], y);
  }
  return { low, high };
}

/** Bring points onto a page of pixels, their middle in its middle. */
export function projectPoints(
  mesh: Mesh,
  axes: ViewAxes,
  page: { readonly width: number; readonly height: number; readonly perUnit: number },
): OnPage {
  const { data } = mesh.points;
  const { right, up, towards } = axes;
  const { low, high } = extentOf(mesh, axes);
  const [middleX, middleY] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  const places = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [r, a, s] = [data[at], data[at + 1], data[at + 2]];
    const x = r * right[0] + a * right[1] + s * right[2] - middleX;
    const y = r * up[0] + a * up[1] + s * up[2] - middleY;
    places[at] = page.width / 2 + x * page.perUnit;
    places[at + 1] = page.height / 2 - y * page.perUnit;
    places[at + 2] = (r * towards[0] + a * towards[1] + s * towards[2]) * page.perUnit;
  }
  return { places, width: page.width, height: page.height };
}

/** The nearest triangle in each pixel, by a depth for every pixel. */
export function rasterize({ triangles: { data: corners } }: Mesh, page: OnPage): Raster {
  const { width, height } = page;
  const raster: Raster = {
    width,
    height,
    triangle: new Int32Array(width * height).fill(-1),
    first: new Float32Array(width * height),
    second: new Float32Array(width * height),
    depth: new Float32Array(width * height).fill(-Infinity),
  };
  for (let t = 0; t < corners.length / 3; t++)
    fill(
      raster,
      t,
      page.places,
      3 * corners[3 * t],
      3 * corners[3 * t + 1],
      3 * corners[3 * t + 2],
    );
  return raster;
}

function fill(
  { width, height, triangle, first, second, depth }: Raster,
  t: number,
  places: Float64Array,
  a: number,
  b: number,
  c: number,
): void {
  const [ax, ay, az] = [places[a], places[a + 1], places[a + 2]];
  const [bx, by, bz] = [places[b], places[b + 1], places[b + 2]];
  const [cx, cy, cz] = [places[c], places[c + 1], places[c + 2]];
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  if (area === 0) return;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const [stepA, stepB] = [(by - cy) / area, (cy - ay) / area];
  for (let y = top; y <= bottom; y++) {
    const [px, py] = [left + 0.5, y + 0.5];
    let weightA = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area;
    let weightB = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area;
    for (let x = left; x <= right; x++, weightA += stepA, weightB += stepB) {
      const weightC = 1 - weightA - weightB;
      if (weightA < -1e-9 || weightB < -1e-9 || weightC < -1e-9) continue;
      const z = weightA * az + weightB * bz + weightC * cz;
      const at = y * width + x;
      if (!(z > depth[at])) continue;
      depth[at] = z;
      triangle[at] = t;
      first[at] = weightA;
      second[at] = weightB;
    }
  }
}
