import { InvalidArgument } from "../../core/errors.ts";
import { Rdm } from "../../rdm/rdm.ts";

/** The part of the plane that the picture shows: a square with room to drag items about. */
export interface Field {
  readonly west: number;
  readonly south: number;
  readonly side: number;
}

/** Half as much again as the items take up, to every side the same. */
export function fieldOf(places: Float64Array): Field {
  const xs = Array.from(places).filter((_, k) => k % 2 === 0);
  const ys = Array.from(places).filter((_, k) => k % 2 === 1);
  const [west, east, south, north] = [lowest(xs), highest(xs), lowest(ys), highest(ys)];
  const side = 1.5 * (Math.max(east - west, north - south) || 1);
  return { west: (west + east - side) / 2, south: (south + north - side) / 2, side };
}

/** The RDM of a picture: how far apart its items lie. */
export function rdmOfPicture(places: ArrayLike<number>, items: readonly string[] | undefined): Rdm {
  const nItems = places.length / 2;
  const condensed: number[] = [];
  for (let i = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++)
      condensed.push(
        Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]),
      );
  return new Rdm(condensed, { items, metric: "euclidean", name: "distances in the picture" });
}

/** Places as a view sends them. Throws `InvalidArgument`. */
export function checkedPlaces(given: unknown, nItems: number): Float64Array {
  if (Array.isArray(given) && given.length === 2 * nItems && given.every(Number.isFinite))
    return Float64Array.from(given as number[]);
  throw new InvalidArgument("places", given, `give ${2 * nItems} finite numbers: x and y of each`);
}

function lowest(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function highest(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}
