import { createHash } from "node:crypto";

export type CellKind = "code" | "markdown" | "raw";

/** One cell of a notebook, whatever file it came from. */
export interface NotebookCell {
  readonly kind: CellKind;
  readonly source: string;
  readonly tags: readonly string[];
  readonly title?: string;
  /** The line of the file on which the source starts, counted from 1; absent in an .ipynb. */
  readonly line?: number;
}

/** The kernel a notebook asks for. */
export const kernelMetadata = {
  kernelspec: { display_name: "TypeScript (tsrsa)", language: "typescript", name: "tsrsa" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
    nbconvert_exporter: "script",
  },
} as const;

/** An id for each cell, made from its content: the same file gives the same ids on every machine. */
export function cellIds(cells: readonly Pick<NotebookCell, "kind" | "source">[]): string[] {
  const seen = new Map<string, number>();
  return cells.map(({ kind, source }) => {
    const hash = createHash("sha256").update(`${kind}\n${source}`).digest("hex").slice(0, 8);
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    return before === 0 ? hash : `${hash}-${before + 1}`;
  });
}
