import type { FlatPlace } from "../../meg/sensors/flatten.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { surfaceOf, type InterpolateOptions } from "./interpolate.ts";
import { outlinesOf } from "./outlines.ts";
import type { PlacedValues } from "./sensor-values.ts";
import { NAME, shownNames } from "./shown-names.ts";
import { topomapImage, type Paint } from "./topomap-image.ts";

/** How one head is drawn. */
export interface HeadLook extends Pick<Paint, "colours" | "contours"> {
  readonly interpolation: InterpolateOptions["interpolation"];
  readonly extrapolate: InterpolateOptions["extrapolate"];
  readonly border: InterpolateOptions["border"];
  readonly radius: number;
  readonly origin: FlatPlace;
  /** Dots for all sensors, their names too, or none. */
  readonly sensors: boolean | "names";
  /** Sensors that are marked. */
  readonly mark: ReadonlySet<string>;
}

/** Ears and nose reach this far beyond the circle of the head. */
const REACH = 1.17;

/** Where places on the head lie in a square panel of pixels. */
export function headScale(
  places: readonly FlatPlace[],
  look: Pick<HeadLook, "radius" | "origin">,
  box: { readonly left: number; readonly top: number; readonly sidePx: number },
  atLeastM = 0,
) {
  const outlines = outlinesOf(places, { radius: look.radius, origin: look.origin });
  const reach = Math.max(outlines.clip.radius * 1.02, look.radius * REACH, atLeastM);
  const perM = box.sidePx / (2 * reach);
  const at = ([x, y]: FlatPlace): [number, number] => [
    box.left + box.sidePx / 2 + (x - look.origin[0]) * perM,
    box.top + box.sidePx / 2 - (y - look.origin[1]) * perM,
  ];
  return { outlines, at, perM };
}

/** One head: the map, its outline, the sensors and their marks. */
export function headShapes(
  values: PlacedValues,
  look: HeadLook,
  box: { readonly left: number; readonly top: number; readonly sidePx: number },
): Shapes {
  const shapes = noShapes();
  const { clip } = outlinesOf(values.places, { radius: look.radius, origin: look.origin });
  const surface = surfaceOf(values.places, values.values, { ...look, clip });
  const halfM = Math.max(
    clip.radius,
    ...(surface.region ?? []).flat().map((value, k) => Math.abs(value - clip.origin[k % 2])),
  );
  const { outlines, at, perM } = headScale(values.places, look, box, halfM * 1.02);
  const side = 2 * halfM * perM;
  const [x, y] = at(clip.origin);
  const sidePx = Math.min(320, Math.round(2 * side));
  const { colours, contours } = look;
  const src = topomapImage(surface, { clip, colours, contours, halfM, sidePx });
  shapes.images.push({ left: x - side / 2, top: y - side / 2, width: side, height: side, src });
  for (const line of [outlines.head, outlines.nose, ...outlines.ears])
    addLine(shapes, line.map(at));
  const points = values.places.map(at);
  const isMarked = (name: string) => name.split(" + ").some((one) => look.mark.has(one));
  values.channels.forEach((name, k) => addSensor(shapes, points[k], isMarked(name), look));
  if (look.sensors === "names")
    for (const name of shownNames(values.channels, points, isMarked))
      shapes.texts.push({ ...name, ...NAME, halo: true });
  return shapes;
}

function addLine(shapes: Shapes, points: readonly (readonly [number, number])[]): void {
  points.slice(1).forEach(([x2, y2], k) => {
    const [x1, y1] = points[k];
    shapes.lines.push({ x1, y1, x2, y2, colour: "#444", widthPx: 1.2 });
  });
}

function addSensor(
  shapes: Shapes,
  [x, y]: readonly [number, number],
  isMarked: boolean,
  { sensors }: HeadLook,
): void {
  if (isMarked) shapes.dots.push({ x, y, radiusPx: 3.6, fill: "#fff", stroke: "#000" });
  else if (sensors !== false) shapes.dots.push({ x, y, radiusPx: 1.3, fill: "#000" });
}
