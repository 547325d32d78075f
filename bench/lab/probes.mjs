// The notebooks that are measured beside those of the course.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const CELLS = 200;
const FIGURES = 50;

/** Writes `one.ts`, a cell whose output is new each time, and `long.ts`, of 200 cells with 50 figures, into a folder. */
export function writeProbes(folder) {
  const cells = (all) => `${all.map((cell) => `// %%\n${cell}`).join("\n\n")}\n`;
  writeFileSync(join(folder, "one.ts"), cells(["Math.random();"]));
  const first = `import { computeRdm, plotRdms } from "tsrsa";
const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i % 3]);
const rdm = computeRdm(rows, { metric: "euclidean" });`;
  const rest = Array.from({ length: CELLS - 1 }, (_, k) =>
    k % 4 === 0 && k / 4 < FIGURES ? `plotRdms([rdm], { title: "figure ${k / 4}" });` : `${k} + 1;`,
  );
  writeFileSync(join(folder, "long.ts"), cells([first, ...rest]));
}
