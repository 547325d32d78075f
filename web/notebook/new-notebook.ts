import { randomId } from "../random-id.ts";

/** A notebook with one empty cell. */
export function newNotebook(name: string): string {
  if (!name.endsWith(".ipynb")) return "// %%\n";
  const id = randomId().slice(0, 8);
  const cell = {
    cell_type: "code",
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: [],
  };
  const kernelspec = { display_name: "TypeScript (tsrsa)", language: "typescript", name: "tsrsa" };
  const language_info = { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" };
  const notebook = {
    cells: [cell],
    metadata: { kernelspec, language_info },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
