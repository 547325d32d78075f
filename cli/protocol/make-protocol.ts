import { createHash } from "node:crypto";
import { basename } from "node:path";
import { parseTypeScript } from "../../kernel/platform/node/compile.ts";
import type { Protocol } from "../../src/report/run.ts";
import { injectParameters, type Parameters } from "../run/parameters.ts";
import type { NotebookFile } from "../run/find-notebook.ts";
import { codeSha256 } from "./code-hash.ts";
import { writtenCalls } from "./written-calls.ts";
import { writtenConstants } from "./written-values.ts";

/** What a notebook says it will do, before any of it is run. */
export function makeProtocol(
  notebook: NotebookFile,
  given: Parameters,
  about: { readonly version: string; readonly created: Date; readonly ranBefore?: string },
): Protocol {
  const cells = injectParameters(notebook.cells, given);
  const plan = {
    ...{ kind: "tsrsa protocol" as const, version: 1 as const, tsrsa: about.version },
    notebook: basename(notebook.path),
    created: about.created.toISOString(),
    ...(about.ranBefore === undefined ? {} : { ranBefore: about.ranBefore }),
    codeSha256: codeSha256(notebook.cells),
    parameters: parametersOf(cells),
    calls: writtenCalls(cells),
  };
  return { ...plan, sha256: protocolSha256(plan) };
}

/** The values of the cell of parameters, and of what was given in their place. */
function parametersOf(cells: NotebookFile["cells"]): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { source, tags } of cells) {
    if (!tags.includes("parameters") && !tags.includes("injected-parameters")) continue;
    const { program } = parseTypeScript(source);
    for (const [name, value] of writtenConstants(program, { source, constants: found }))
      found.set(name, value);
  }
  return Object.fromEntries(found);
}

/** SHA-256 of all that a protocol says. */
export function protocolSha256(plan: Omit<Protocol, "sha256">): string {
  const { kind, version, tsrsa, notebook, created, ranBefore, codeSha256: code } = plan;
  const { parameters, calls } = plan;
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
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
