import { expect, test } from "vitest";
import { plotTimeCourse } from "../../src/plot/index.ts";

test.each(["C@@1", "plot-clip-3", "url(#plot-clip-1)", "var(--plot-background)"])(
  "a label that reads like an id or a colour is drawn as it is: %s",
  (name) => {
    const { svg } = plotTimeCourse([{ name, times: [0, 1], values: [1, 2] }]);
    expect(svg).toContain(`>${name}<`);
    expect(svg).toBe(plotTimeCourse([{ name, times: [0, 1], values: [1, 2] }]).svg);
  },
);
