import { isForSlidesAlone } from "../../kernel/notebook/cut-version.ts";
import type { NotebookRun } from "../run/run-notebook.ts";

/** A run as a reader of the notebook sees it: without the cells that are for slides alone. */
export function withoutSlides(run: NotebookRun): NotebookRun {
  const kept = [...run.cells.keys()].filter((at) => !isForSlidesAlone(run.cells[at]));
  const runs = kept.flatMap((at, now) => {
    const finished = run.runs.get(at);
    return finished === undefined ? [] : [[now, finished] as const];
  });
  const { failure } = run;
  return {
    ...run,
    cells: kept.map((at) => run.cells[at]),
    runs: new Map(runs),
    ...(failure === undefined
      ? {}
      : { failure: { ...failure, cell: placeOf(failure.cell, kept) } }),
  };
}

/** Where a cell stands among those kept; one that was left out counts as the next. */
function placeOf(cell: number, kept: readonly number[]): number {
  return kept.filter((at) => at < cell).length;
}
