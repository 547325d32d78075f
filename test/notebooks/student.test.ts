import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { versionOf } from "../../cli/run/cut.ts";
import { readNotebook } from "../../cli/run/find-notebook.ts";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import { toIpynb, type Ipynb } from "../../kernel/notebook/ipynb.ts";

const folder = join(import.meta.dirname, "../../notebooks");
const names = readdirSync(folder)
  .filter((file) => /^\d\d-.*\.ts$/.test(file))
  .map((file) => file.slice(0, -3));

// What code hosts show; `node scripts/student-notebooks.mjs` writes anew what has changed.
describe.each(names.map((name) => [name]))("the student version of %s, as it was run", (name) => {
  const text = readFileSync(join(folder, "student", `${name}.ipynb`), "utf8");
  const notebook = JSON.parse(text) as Ipynb;
  const cells = (of: Ipynb) => of.cells.map(({ cell_type, source }) => [cell_type, source]);

  test("has the cells of the source, without solutions", () => {
    const cut = versionOf(readNotebook(join(folder, `${name}.ts`)), "student", false);
    expect(cells(notebook)).toEqual(cells(toIpynb(cut)));
    expect(checkNotebook(notebook)).toEqual([]);
  });

  test("was run to its end: nothing failed but blanks", () => {
    const code = notebook.cells.filter((cell) => cell.cell_type === "code");
    expect(code.filter(({ execution_count }) => execution_count === null)).toEqual([]);
    const failed = code.flatMap(({ outputs = [] }) =>
      outputs.flatMap((output) => (output.output_type === "error" ? [output.ename] : [])),
    );
    expect(new Set(failed)).toEqual(new Set(["NotDone"]));
  });

  test("is small, and names no place of the machine it was run on", () => {
    expect(text.length).toBeLessThan(2e6);
    expect(text).not.toMatch(/\/(home|root|Users|tmp|work)\/|[A-Z]:\\\\/);
  });
});
