import type { Json } from "../json.ts";
import { isObject, textOf, without, wordsOf } from "../json.ts";
import { figureMime } from "../output/rdm-panels.ts";
import type { Cell, Output } from "./cell.ts";
import { asStored, isAsStored } from "./cell.ts";
import type { NotebookFile } from "./file-form.ts";

/** An .ipynb file of format 4; what the page does not know of a cell or the notebook stays in it. */
export function readIpynb(text: string): NotebookFile {
  const notebook = JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  if (!isObject(notebook) || notebook.nbformat !== 4 || !Array.isArray(notebook.cells))
    throw new Error("not a notebook of format 4; save it again with a current Jupyter");
  const hasIds = Number(notebook.nbformat_minor ?? 0) >= 5;
  const seen = new Set<string>();
  const cells = notebook.cells.map((cell: unknown, at) => readCell(cell, at, seen));
  return {
    cells,
    keepsOutputs: true,
    write: (now) => {
      const isUnchanged = now.length === cells.length && now.every((cell, i) => cell === cells[i]);
      if (isUnchanged) return text;
      const metadata = without(isObject(notebook.metadata) ? notebook.metadata : {}, "trusted");
      const written = { ...notebook, metadata, cells: now.map((cell) => formOf(cell, hasIds)) };
      return JSON.stringify(written, undefined, indentOf(text)) + (/\n$/.exec(text)?.[0] ?? "");
    },
  };
}

function readCell(form: unknown, at: number, seen: Set<string>): Cell {
  const source = isObject(form) ? textOf(form.source) : undefined;
  if (!isObject(form) || source === undefined)
    throw new Error(`cell ${at + 1} has no source; open the notebook in Jupyter and save it again`);
  const { cell_type: kind, metadata, outputs, execution_count: count } = form;
  if (kind !== "code" && kind !== "markdown" && kind !== "raw")
    throw new Error(`cell ${at + 1} is neither code, markdown nor raw`);
  const given = typeof form.id === "string" ? form.id : `cell-${at + 1}`;
  const id = seen.has(given) ? `${given}-${at + 1}` : given;
  seen.add(id);
  const cell: Cell = {
    id,
    kind,
    source,
    metadata: isObject(metadata) ? metadata : {},
    outputs: Array.isArray(outputs) ? outputs.flatMap(readOutput) : [],
    executionCount: typeof count === "number" ? count : null,
  };
  return asStored(cell, form);
}

/** An output as the page keeps it; one of a kind nobody knows is not shown, but stays in the file while the cell does. */
function readOutput(output: unknown): Output[] {
  if (!isObject(output)) return [];
  const { output_type: type, data, metadata, name, text, execution_count: count } = output;
  const bundle = { data: isObject(data) ? data : {}, metadata: isObject(metadata) ? metadata : {} };
  switch (type) {
    case "stream":
      return [
        {
          output_type: type,
          name: name === "stderr" ? "stderr" : "stdout",
          text: textOf(text) ?? "",
        },
      ];
    case "display_data":
      return [{ output_type: type, ...bundle }];
    case "execute_result":
      return [
        { output_type: type, ...bundle, execution_count: typeof count === "number" ? count : null },
      ];
    case "error":
      return [
        {
          output_type: type,
          ename: wordsOf(output.ename),
          evalue: wordsOf(output.evalue),
          traceback: Array.isArray(output.traceback) ? output.traceback.map(String) : [],
        },
      ];
    default:
      return [];
  }
}

function formOf(cell: Cell, hasIds: boolean): Json {
  const stored = isObject(cell.stored?.form) ? cell.stored.form : undefined;
  if (stored !== undefined && isAsStored(cell, true)) return withoutTrust(stored);
  const { kind, source, outputs, executionCount, stored: before } = cell;
  const metadata = withoutTrust({ metadata: cell.metadata }).metadata;
  const isSameSource = before?.source === source && stored !== undefined;
  const changed: Json = {
    cell_type: kind,
    ...(kind === "code" ? { execution_count: executionCount } : {}),
    ...(hasIds ? { id: cell.id } : {}),
    metadata,
    ...(kind === "code" ? { outputs: outputsOf(cell, outputs, stored) } : {}),
    source: isSameSource ? stored.source : sourceLike(stored?.source, source),
  };
  const rest = without(stored ?? {}, "cell_type", "outputs", "execution_count");
  // The order of the file first, then what it had not.
  const order = Object.keys(stored ?? {}).filter((key) => key in changed || key in rest);
  const all = { ...rest, ...changed } as Record<string, unknown>;
  const keys = [...new Set([...order, ...Object.keys(changed)])];
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

function outputsOf(cell: Cell, outputs: readonly Output[], stored: Json | undefined): unknown {
  if (stored !== undefined && cell.stored?.outputs === outputs) return stored.outputs;
  return outputs.map((output) => {
    const form = without(output, "display_id");
    // The values behind a figure are for the pointer; they would swell the file.
    return isObject(form.data) ? { ...form, data: without(form.data, figureMime) } : form;
  });
}

/** Trust is given by who looks, not by the file. */
function withoutTrust(form: Json): Json {
  if (!isObject(form.metadata) || !("trusted" in form.metadata)) return form;
  return { ...form, metadata: without(form.metadata, "trusted") };
}

function sourceLike(stored: unknown, source: string): string | string[] {
  if (typeof stored === "string") return source;
  return source === "" ? [] : source.split(/(?<=\n)/);
}

function indentOf(text: string): string | number {
  return /^\s*\{\r?\n?([ \t]*)"/.exec(text)?.[1] ?? 1;
}
