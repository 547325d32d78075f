import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import { brightness, type Background } from "./background.ts";
import type { Cut } from "./cuts.ts";
import { colourOf, greys, N_GREYS, type MapColours } from "./map-colours.ts";
import { isDrawn, shownValue, type Shown } from "./shown.ts";
import { pointOf, sizeMm, views, type Box } from "./views.ts";
import { interpolate, voxelAt, type Vec3 } from "./volume.ts";

/** What is drawn in every cut. */
export interface Scene {
  readonly shown: Shown;
  readonly background: Background | undefined;
  readonly colours: MapColours;
  /** How values between voxel centres come about. */
  readonly interpolation: "nearest" | "linear";
  readonly box: Box;
  /** Left of the head on the right of the page. */
  readonly flip: boolean;
  /** Places of the voxels that were drawn; cuts add theirs. */
  readonly drawn: Set<number>;
}

/** Without a background, voxels of the map that are not drawn have this grey. */
const SUPPORT = Math.round(0.3 * (N_GREYS - 1));

/** A cut as the address of a picture with `pixelsPerMm`. */
export function sliceImage(scene: Scene, cut: Cut, pixelsPerMm: number): string {
  const view = views[cut.axis];
  const [widthMm, heightMm] = sizeMm(view, scene.box);
  const [width, height] = [widthMm, heightMm].map((mm) =>
    Math.max(1, Math.round(mm * pixelsPerMm)),
  );
  const { low, high } = scene.box;
  const mirrored = scene.flip && view.right === 0;
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const v = high[view.up] - ((row + 0.5) / height) * heightMm;
    for (let column = 0; column < width; column++) {
      const share = (column + 0.5) / width;
      const u = low[view.right] + (mirrored ? 1 - share : share) * widthMm;
      pixels[row * width + column] = pixelAt(scene, pointOf(view, cut.mm, u, v));
    }
  }
  const palette = [...greys, ...scene.colours.colours];
  return dataUrl("image/png", encodePalettePng(pixels, width, height, palette));
}

function pixelAt(scene: Scene, point: Vec3): number {
  const { shown, background, colours } = scene;
  const voxel = voxelAt(shown.map, point);
  if (voxel >= 0) {
    const value =
      scene.interpolation === "linear" ? smooth(shown, point) : shownValue(shown, voxel);
    if (!Number.isNaN(value)) {
      scene.drawn.add(voxel);
      return N_GREYS + colourOf(colours, value);
    }
  }
  if (background === undefined)
    return voxel >= 0 && Number.isFinite(shown.map.data[voxel]) && shown.map.data[voxel] !== 0
      ? SUPPORT
      : 0;
  return Math.round(brightness(background, interpolate(background.volume, point)) * (N_GREYS - 1));
}

/** A value between voxels: undefined ones count for nothing, and a voxel that is masked shows nothing. */
function smooth(shown: Shown, point: Vec3): number {
  const value = interpolate(shown.map, point);
  const voxel = voxelAt(shown.map, point);
  const masked = shown.within !== undefined && !(shown.within[voxel] !== 0);
  if (Number.isNaN(value)) return shownValue(shown, voxel);
  return masked || !isDrawn(shown, value) ? NaN : value;
}
