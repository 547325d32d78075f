import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import type { CutCell } from "../../kernel/notebook/cut-version.ts";
import type { NotebookRun } from "../run/run-notebook.ts";
import { startsOf } from "../run/cut.ts";

/** The notebook as it was run, for a page to show before it runs anything: figures as they are drawn, without pixels. */
export function executedNotebook(cells: readonly CutCell[], run: NotebookRun): string {
  const starts = startsOf(cells);
  const runs = new Map(
    [...run.runs].map(([at, finished]) => {
      const outputs = finished.outputs.map((output) =>
        "data" in output ? { ...output, data: withoutPixels(output.data) } : output,
      );
      return [at, { ...starts.get(at), ...finished, outputs }] as const;
    }),
  );
  return formatIpynb(toIpynb(cells, new Map([...starts, ...runs])));
}

function withoutPixels(bundle: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hasLines = "image/svg+xml" in bundle;
  return Object.fromEntries(
    Object.entries(bundle).filter(([mime]) => !hasLines || mime !== "image/png"),
  );
}
