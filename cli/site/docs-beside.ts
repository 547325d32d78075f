import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { escapeHtml } from "../../src/core/text.ts";
import { writeText } from "../../src/core/write-text.ts";

/** An entry of the documentation's search. */
interface Entry {
  readonly title: string;
  readonly words: string;
  readonly href: string;
  readonly kind: string;
}

/** A notebook as the search finds it. */
export interface FoundNotebook {
  readonly name: string;
  readonly title: string;
  /** Its headings. */
  readonly words: string;
}

const indexStart = "window.tsrsaIndex = ";

/** The documentation that `npm run docs` built, for the site to take along. */
export class BuiltDocs {
  readonly #folder: string;
  readonly #entries: readonly Entry[];

  private constructor(folder: string, entries: readonly Entry[]) {
    this.#folder = folder;
    this.#entries = entries;
  }

  /** Undefined where it was not built. */
  static async find(folder = builtFolder()): Promise<BuiltDocs | undefined> {
    const text = await readFile(join(folder, "search-index.js"), "utf8").catch(() => "");
    if (!text.startsWith(indexStart)) return undefined;
    const entries = JSON.parse(text.slice(indexStart.length).replace(/;\s*$/, "")) as Entry[];
    return new BuiltDocs(folder, entries);
  }

  /** Links from a notebook's page to the entries of the library's names that it imports. */
  links(cells: readonly NotebookCell[]): string {
    const places = new Map(
      this.#entries
        .filter(({ href }) => href.startsWith("reference/") && href.includes("#"))
        .map(({ title, href }) => [title, href]),
    );
    const names = [...new Set(cells.flatMap(importedNames))].filter((name) => places.has(name));
    const links = names
      .sort((a, b) => a.localeCompare(b))
      .map(
        (name) => `<a href="docs/${places.get(name) ?? ""}"><code>${escapeHtml(name)}</code></a>`,
      );
    if (links.length === 0) return "";
    return `<details class="names"><summary>Reference of the ${links.length} names used here</summary><p>${links.join(", ")}</p></details>`;
  }

  /** Copies it into the site's folder `docs`, with links to the notebooks, which its search finds too. */
  async copyInto(out: string, notebooks: readonly FoundNotebook[]): Promise<void> {
    const target = join(out, "docs");
    await cp(this.#folder, target, { recursive: true });
    const names = await readdir(target, { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".html"))) {
      const text = await readFile(join(target, name), "utf8");
      await writeText(join(target, name), withNotebooks(text));
    }
    const more = notebooks.map(({ name, title, words }) => {
      const href = `../${encodeURIComponent(name)}.html`;
      return { title, words, href, kind: "notebook" };
    });
    const index = `${indexStart}${JSON.stringify([...this.#entries, ...more])};\n`;
    await writeText(join(target, "search-index.js"), index);
  }
}

/** The bar of a page with a link to the notebooks, which lie beside the documentation's folder. */
function withNotebooks(page: string): string {
  const up = /<body data-up="([./]*)">/.exec(page)?.[1] ?? "";
  const home = `<a href="${up}index.html">tsrsa</a>`;
  return page.replace(home, `${home} <a href="${up}../index.html">Notebooks</a>`);
}

/** Names that a cell imports from the library. */
function importedNames({ kind, source }: NotebookCell): string[] {
  if (kind !== "code") return [];
  const lists = source.matchAll(/^import (?:type )?\{([^}]*)\} from "tsrsa(?:\/\w+)?"/gm);
  return [...lists].flatMap(([, list]) =>
    list.split(",").map((name) =>
      name
        .trim()
        .replace(/^type /, "")
        .replace(/ as .*$/, ""),
    ),
  );
}

/** Built into dist/docs, also when this file runs from source in a test. */
function builtFolder(): string {
  const path = import.meta.url.endsWith(".ts") ? "../../dist/docs/" : "../../docs/";
  return fileURLToPath(new URL(path, import.meta.url));
}
