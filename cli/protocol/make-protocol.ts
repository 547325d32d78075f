import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Protocol } from "../../src/report/run.ts";
import { UsageError } from "../usage-error.ts";
import { injectParameters, isGivenCell, type Parameters } from "../run/parameters.ts";
import type { NotebookFile } from "../run/find-notebook.ts";
import { codeTree } from "./cell-tree.ts";
import { codeSha256 } from "./code-hash.ts";
import { importedCode } from "./imported-files.ts";
import { writtenCalls } from "./written-calls.ts";
import { writtenConstants } from "./written-values.ts";

/** What a notebook says it will do, before any of it is run. */
export function makeProtocol(
  notebook: NotebookFile,
  given: Parameters,
  about: { readonly version: string; readonly created: Date; readonly ranBefore?: string },
): Protocol {
  const cells = injectParameters(notebook.cells, given);
  refuseBroken(cells);
  const { files, calls } = importedCode(cells, notebook.folder);
  const plan = {
    ...{ kind: "tsrsa protocol" as const, version: 1 as const, tsrsa: about.version },
    notebook: basename(notebook.path),
    created: about.created.toISOString(),
    ...(about.ranBefore === undefined ? {} : { ranBefore: about.ranBefore }),
    codeSha256: codeSha256(notebook.cells),
    parameters: parametersOf(cells),
    calls: [...writtenCalls(cells), ...calls],
    ...(files.length === 0 ? {} : { files }),
  };
  return { ...plan, sha256: protocolSha256(plan) };
}

/** The values of the cell of parameters, and of what was given in their place. */
function parametersOf(cells: NotebookFile["cells"]): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { source, tags } of cells) {
    if (!tags.includes("parameters") && !isGivenCell({ kind: "code", source, tags })) continue;
    const tree = codeTree(source);
    for (const [name, value] of writtenConstants(tree.program, {
      source: tree.source,
      constants: found,
    }))
      found.set(name, value);
  }
  return Object.fromEntries(found);
}

/** Throws `UsageError` for a cell that cannot be read: what it would do could not be told. */
function refuseBroken(cells: NotebookFile["cells"]): void {
  const code = cells.filter(({ kind }) => kind === "code");
  code.forEach(({ source }, at) => {
    const { error } = codeTree(source);
    if (error !== undefined)
      throw new UsageError(
        `code cell ${at + 1} cannot be read, so that nobody can say what it will do: ${error}; mend it first`,
      );
  });
}

/** SHA-256 of all that a protocol says. */
export function protocolSha256(plan: Omit<Protocol, "sha256">): string {
  const { kind, version, tsrsa, notebook, created, ranBefore, codeSha256: code } = plan;
  const { parameters, calls, files } = plan;
  const said = [
    kind,
    version,
    tsrsa,
    notebook,
    created,
    ranBefore ?? null,
    code,
    parameters,
    calls,
    ...(files === undefined ? [] : [files]),
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
