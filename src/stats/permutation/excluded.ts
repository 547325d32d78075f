import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import type { Neighbours } from "./adjacency.ts";
import type { NamedAxes } from "./axes.ts";

/** The same neighbours, some places of the sensors (or of the last axis) not tested. Throws `InvalidArgument`, `UnknownOption`. */
export function withoutPlaces(
  neighbours: Neighbours,
  exclude: readonly (string | number)[] | undefined,
  shape: readonly number[],
  { sensors = shape.length - 1, channels }: NamedAxes,
): Neighbours {
  if (exclude === undefined || exclude.length === 0) return neighbours;
  const places = new Set(exclude.map((place) => placeOf(place, shape[sensors], channels)));
  const step = sizeOf(shape.slice(sensors + 1));
  const inside = Uint8Array.from({ length: sizeOf(shape) }, (_, k) =>
    places.has(Math.floor(k / step) % shape[sensors]) ? 0 : (neighbours.inside?.[k] ?? 1),
  );
  const note = `${places.size} of ${shape[sensors]} places were left out of the test, as asked`;
  return { ...neighbours, inside, notes: [...neighbours.notes, note] };
}

function placeOf(
  place: string | number,
  size: number,
  channels: readonly string[] | undefined,
): number {
  if (typeof place === "string") {
    const at = channels?.indexOf(place) ?? -1;
    if (at >= 0) return at;
    throw new UnknownOption("exclude", place, channels ?? []);
  }
  if (Number.isInteger(place) && place >= 0 && place < size) return place;
  throw new InvalidArgument(
    "exclude",
    place,
    `give names of sensors, or places from 0 to ${size - 1}`,
  );
}
