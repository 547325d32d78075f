import { InvalidArgument } from "../../core/errors.ts";
import type { Side } from "../../surface/hemispheres.ts";
import { meshNeighbours } from "../../surface/mesh-neighbours.ts";
import { isDrawn, type Shown } from "../stat-map/shown.ts";
import { formatNumber } from "../text/format-number.ts";
import type { SurfaceMarker } from "./surface-map-options.ts";
import type { HalfMap } from "./surface-values.ts";

/** The highest local maxima of what is drawn, by the distance from 0 where `absolute`; of a flat top the first vertex. */
export function surfacePeaks(
  halves: readonly HalfMap[],
  rule: Pick<Shown, "threshold" | "oneSided">,
  absolute: boolean,
  most: number,
): SurfaceMarker[] {
  if (most === 0) return [];
  const found: { side: Side; vertex: number; value: number; height: number }[] = [];
  for (const { side, mesh, values } of halves) {
    const beside = meshNeighbours(mesh);
    const heightAt = (vertex: number) => (absolute ? Math.abs(values[vertex]) : values[vertex]);
    values.forEach((value, vertex) => {
      if (!isDrawn(rule, value)) return;
      const height = heightAt(vertex);
      const lower = (other: number) => {
        const there = heightAt(other);
        return Number.isNaN(there) || there < height || (there === height && other > vertex);
      };
      if (beside[vertex].every(lower)) found.push({ side, vertex, value, height });
    });
  }
  found.sort((a, b) => b.height - a.height);
  return found
    .slice(0, most)
    .map(({ side, vertex, value }) => ({ side, vertex, label: formatNumber(value, 3) }));
}

/** Throws `InvalidArgument` for markers of vertices that are not there. */
export function checkMarkers(
  markers: readonly SurfaceMarker[],
  halves: readonly HalfMap[],
): readonly SurfaceMarker[] {
  markers.forEach(({ side, vertex }, at) => {
    const half = halves.find((one) => one.side === side);
    const n = half?.values.length ?? 0;
    if (!Number.isInteger(vertex) || vertex < 0 || vertex >= n)
      throw new InvalidArgument(
        `markers[${at}]`,
        `${side} ${vertex}`,
        half === undefined ? "this half is not drawn" : `give vertices from 0 to ${n - 1}`,
      );
  });
  return markers;
}
