import { InvalidArgument } from "../../core/errors.ts";
import type { Channel } from "../channel.ts";
import type { Place } from "./flatten.ts";

/** The sensors at one place. */
export interface SensorPlace {
  readonly position: Place;
  readonly sensors: readonly Channel[];
}

/** Sensors nearer than this share a place: a magnetometer and the pair of gradiometers of one chip. */
const SAME_M = 1e-4;

/** Places with the sensors at each. Throws `InvalidArgument` for two electrodes at one place. */
export function placesOf(channels: readonly Channel[]): SensorPlace[] {
  const places: { position: Place; sensors: Channel[] }[] = [];
  for (const channel of channels) {
    const same = places.find(({ position }) => {
      const apart = position.map((value, axis) => value - channel.position[axis]);
      return Math.hypot(...apart) < SAME_M;
    });
    if (same === undefined) places.push({ position: channel.position, sensors: [channel] });
    else same.sensors.push(channel);
  }
  const crowded = places.find(({ sensors }) => sensors.length > mostAt(sensors));
  if (crowded === undefined) return places;
  const names = crowded.sensors.map(({ name }) => name).join(" and ");
  throw new InvalidArgument(
    "positions",
    `${names} at one place`,
    "pick one of them, or mend the positions",
  );
}

function mostAt([{ type }]: readonly Channel[]): number {
  return type === "mag" || type === "grad" ? 3 : 1;
}
