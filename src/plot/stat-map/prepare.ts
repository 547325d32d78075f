import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import { backgroundOf, isTissue, type Background } from "./background.ts";
import { isOneSided, mapColours, type MapColours } from "./map-colours.ts";
import type { MapFigureOptions } from "./options.ts";
import {
  boxOf,
  checkedThreshold,
  checkWithin,
  summarize,
  uniteBoxes,
  type Shown,
  type Summary,
} from "./shown.ts";
import type { Box } from "./views.ts";
import type { Volume } from "../../mri/grid.ts";
import { place } from "./volume.ts";

/** A map, checked, with its colours and the box in mm that is drawn. */
export interface Prepared {
  readonly shown: Shown;
  readonly summary: Summary;
  readonly colours: MapColours;
  readonly background: Background | undefined;
  /** Around the background, or else the map. */
  readonly box: Box;
  /** Around the map's values. */
  readonly mapBox: Box;
  readonly flip: boolean;
}

const MARGIN_MM = 3;

/** Check a map and everything that is drawn with it. Throws `ShapeMismatch`, `InvalidArgument`, `UnknownOption`. */
export function prepare(
  image: Volume,
  options: MapFigureOptions,
  backgroundImage: Volume | undefined,
): Prepared {
  const map = place(image, "map");
  const { convention = "neurological" } = options;
  if (convention !== "neurological" && convention !== "radiological")
    throw new UnknownOption("convention", convention, ["neurological", "radiological"]);
  const within = options.within === undefined ? undefined : place(options.within, "mask `within`");
  const threshold = checkedThreshold(options.threshold ?? 0);
  const oneSided = isOneSided(options, threshold, reaches(map.data, threshold));
  const shown = { map, threshold, oneSided, within: checkWithin(map, within) };
  const summary = summarize(shown);
  const background =
    backgroundImage === undefined ? undefined : backgroundOf(place(backgroundImage, "background"));
  const mapBox = boxOf(map, (value) => value !== 0 && Number.isFinite(value));
  const around =
    background === undefined ? undefined : boxOf(background.volume, isTissue(background));
  const box = uniteBoxes([mapBox, around]);
  if (box === undefined)
    throw new InvalidArgument("map", "no voxel other than 0", "there is nothing to draw");
  return {
    shown,
    summary,
    background,
    colours: mapColours(summary, { ...options, threshold, oneSided }),
    box: widened(box),
    mapBox: mapBox ?? box,
    flip: convention === "radiological",
  };
}

/** Whether anything lies above the threshold: of a map of negative values a scale of one direction goes down. */
function reaches(data: NumericArray, threshold: number): boolean {
  return data.some((value) => value >= threshold);
}

function widened({ low, high }: Box): Box {
  const by = (mm: number) => mm + MARGIN_MM;
  return {
    low: [-by(-low[0]), -by(-low[1]), -by(-low[2])],
    high: [by(high[0]), by(high[1]), by(high[2])],
  };
}
