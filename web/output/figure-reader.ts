import { isObject } from "../json.ts";
import { figureTable } from "./figure-table.ts";
import { mapReader } from "./map-reader.ts";
import { pairAt, rdmPanels } from "./rdm-panels.ts";
import { timeReader } from "./time-reader.ts";

/** What stands at a place of a picture, in the picture's own pixels; undefined where nothing does. */
export type FigureReader = (x: number, y: number) => string | undefined;

/** Reads a figure by the values that came with it: RDMs, time courses and maps. */
export function figureReader(svg: string, figure: unknown): FigureReader {
  const reading = isObject(figure) && isObject(figure.reading) ? figure.reading : {};
  if (reading.kind === "time") return timeReader(reading, figureTable(figure));
  if (reading.kind === "map") return mapReader(reading, figureTable(figure));
  const panels = rdmPanels(svg, figure);
  return (x, y) => pairAt(panels, x, y);
}
