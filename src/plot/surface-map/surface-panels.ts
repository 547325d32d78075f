import { dataUrl } from "../png/data-url.ts";
import { encodeRgbaPng } from "../png/rgba-png.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { extentOf, projectPoints, rasterize, type OnPage, type Raster } from "./rasterize.ts";
import { halved, shade, vertexNormals, type Skin } from "./shade.ts";
import type { SurfaceMarker } from "./surface-map-options.ts";
import type { HalfMap } from "./surface-values.ts";
import { orderOnPage, viewAxes, type SurfaceView } from "./surface-view.ts";

/** A half with all that is drawn of it. */
export interface DrawnHalf extends HalfMap {
  readonly skin: Skin;
}

const GAP = 10;
const WORDS = 18;
/** Pixels of the picture for each of the page, and how many are averaged into one along each side. */
const SHARPNESS = 2;
const OVERSAMPLING = 2;

/** One picture: a half from one side. */
interface Cell {
  readonly view: SurfaceView;
  readonly half: DrawnHalf;
}

/** Both halves side by side, a row a view; of one half two views side by side. */
function gridOf(halves: readonly DrawnHalf[], views: readonly SurfaceView[]): Cell[][] {
  const [half] = halves;
  if (halves.length === 1)
    return Array.from({ length: Math.ceil(views.length / 2) }, (_, row) =>
      views.slice(2 * row, 2 * row + 2).map((view) => ({ view, half })),
    );
  const order = halves.map(({ side }) => side);
  return views.map((view) =>
    orderOnPage(view, order).map((side) => ({
      view,
      half: halves.find((one) => one.side === side) ?? half,
    })),
  );
}

/** All views of all halves, one scale for all. */
export function surfacePanels(
  halves: readonly DrawnHalf[],
  views: readonly SurfaceView[],
  markers: readonly SurfaceMarker[],
  room: { readonly left: number; readonly top: number; readonly widthPx: number },
): { readonly shapes: Shapes; readonly width: number; readonly height: number } {
  const shapes = noShapes();
  const grid = gridOf(halves, views);
  const columns = Math.max(...grid.map((row) => row.length));
  const width = (room.widthPx - GAP * (columns - 1)) / columns;
  const sizes = grid.map((row) =>
    row.map(({ view, half }) => {
      const { low, high } = extentOf(half.mesh, viewAxes(view, half.side));
      return [high[0] - low[0], high[1] - low[1]] as const;
    }),
  );
  const widest = Math.max(...sizes.flat().map(([across]) => across));
  const highest = Math.max(...sizes.flat().map(([, high]) => high));
  // A mesh that is a thread from some side would be as long as the page is wide, many times over.
  const perUnit = Math.min((width - 8) / (widest || 1), (2 * width) / (highest || 1));
  const normals = new Map(halves.map((half) => [half.side, vertexNormals(half.mesh)]));
  let { top } = room;
  grid.forEach((cells, row) => {
    const tallest = Math.max(...sizes[row].map(([, high]) => high));
    const height = Math.max(8, Math.ceil(tallest * perUnit) + 8);
    cells.forEach(({ view, half }, column) => {
      const { side } = half;
      const left = room.left + column * (width + GAP);
      const panel = { left, top: top + WORDS, width, height, perUnit };
      shapes.texts.push({ x: left, y: top + WORDS / 2, text: `${side}, ${view}`, sizePx: 11 });
      const { image, page, raster } = drawHalf(half, view, normals.get(side), panel);
      shapes.images.push({ left, top: top + WORDS, width, height, src: image });
      for (const marker of markers)
        if (marker.side === side) addMarker(shapes, marker, { page, raster, panel });
    });
    top += WORDS + height + GAP;
  });
  return { shapes, width: room.widthPx, height: top - room.top - GAP };
}

interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly perUnit: number;
}

function drawHalf(
  { mesh, side, skin }: DrawnHalf,
  view: SurfaceView,
  normals: Float32Array | undefined,
  { width, height, perUnit }: Panel,
): { image: string; page: OnPage; raster: Raster } {
  const axes = viewAxes(view, side);
  const pixels = SHARPNESS * OVERSAMPLING;
  const page = projectPoints(mesh, axes, {
    width: Math.round(width * SHARPNESS) * OVERSAMPLING,
    height: Math.round(height * SHARPNESS) * OVERSAMPLING,
    perUnit: perUnit * pixels,
  });
  const raster = rasterize(mesh, page);
  const coloured = shade(raster, mesh, normals ?? vertexNormals(mesh), axes, skin);
  const small = halved(coloured, page.width, page.height);
  const png = encodeRgbaPng(small, page.width / OVERSAMPLING, page.height / OVERSAMPLING);
  return { image: dataUrl("image/png", png), page, raster };
}

/** A vertex is seen where nothing lies before it; it may lie half a pixel beside the pixel that shows it. */
function addMarker(
  shapes: Shapes,
  { vertex, label }: SurfaceMarker,
  { page, raster, panel }: { page: OnPage; raster: Raster; panel: Panel },
): void {
  const [x, y, z] = [0, 1, 2].map((axis) => page.places[3 * vertex + axis]);
  const [column, row] = [Math.floor(x), Math.floor(y)].map((one, axis) =>
    Math.min((axis === 0 ? page.width : page.height) - 1, Math.max(0, one)),
  );
  const tolerance = 2 * SHARPNESS * OVERSAMPLING;
  if (raster.depth[row * page.width + column] > z + tolerance) return;
  const place = {
    x: panel.left + (x / page.width) * panel.width,
    y: panel.top + (y / page.height) * panel.height,
  };
  shapes.dots.push({ ...place, radiusPx: 3.5, fill: "#00e676", stroke: "#000" });
  if (label !== undefined)
    shapes.texts.push({
      x: place.x + 6,
      y: place.y - 6,
      text: label,
      sizePx: 11,
      halo: true,
      colour: "#000",
    });
}
