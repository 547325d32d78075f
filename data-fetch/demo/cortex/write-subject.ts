import { join } from "node:path";
import {
  writeFreesurferAnnot,
  writeFreesurferCurv,
  writeFreesurferGeometry,
} from "../../../src/io/freesurfer/index.ts";
import type { Hemisphere } from "./hemisphere.ts";
import { parcelColour, parcelNames, parcelsOf } from "./parcels.ts";

/** FreeSurfer's folder of one subject: surfaces, folds, the sphere that subjects are joined by, and parcels. */
export async function writeSubject(folder: string, halves: readonly Hemisphere[]): Promise<void> {
  for (const { side, sphere, white, inflated, curvature } of halves) {
    const hemi = side === "left" ? "lh" : "rh";
    const surf = (name: string) => join(folder, "surf", `${hemi}.${name}`);
    const write = (name: string, data: Float64Array) =>
      writeFreesurferGeometry(surf(name), {
        points: { data, shape: [sphere.nPoints, 3] },
        triangles: { data: sphere.triangles, shape: [sphere.triangles.length / 3, 3] },
      });
    await write("white", white);
    await write("inflated", inflated);
    const round = sphere.points.map((value) => 100 * value);
    await write("sphere", round);
    await write("sphere.reg", round);
    await writeFreesurferCurv(surf("curv"), curvature);
    await writeFreesurferCurv(surf("sulc"), curvature);
    await writeFreesurferAnnot(join(folder, "label", `${hemi}.aparc.annot`), {
      labels: parcelsOf(sphere, side),
      entries: parcelNames.map((name, at) => ({ name, rgba: [...parcelColour(at)] as const })),
    });
  }
}
