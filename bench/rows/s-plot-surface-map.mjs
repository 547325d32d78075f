import { halfCortex, waves } from "../cortex.mjs";
import { library } from "../data.mjs";

const { plotSurfaceMap } = await library("plot/index.js");
const surfaces = { left: halfCortex("left"), right: halfCortex("right") };
const map = { left: waves(surfaces.left), right: waves(surfaces.right) };

/** A row of pictures: so many views of both halves, within so much CPU. */
export function pictureRow(name, title, views, limitMs) {
  return {
    ...{ name, title, targets: {}, threads: [1], tolerance: 0 },
    limitMs,
    baseline: "a limit of CPU",
    make: () => ({}),
    async ours() {
      const figure = plotSurfaceMap(map, { surfaces, views, threshold: 0.3, curvature: map });
      return [figure.width, figure.height, (await figure.png()).length > 1000 ? 1 : 0];
    },
  };
}

export const row = pictureRow(
  "S-view",
  "plotSurfaceMap of 20,484 vertices, one view of both halves, with its PNG",
  ["lateral"],
  1000,
);
