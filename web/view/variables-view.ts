import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import { renderBundle } from "../output/render.ts";
import { describeCode, readVariables } from "../variables/describe-code.ts";
import type { Variable } from "../variables/describe-code.ts";
import { showWindow } from "./dialog.ts";
import { button, element } from "./element.ts";
import { sizeText } from "./words.ts";

/** Asks the kernel for the value of an expression. */
export type Evaluate = (expression: string) => Promise<Json | undefined>;

/** The variables of the notebook with their types and shapes; a name opens what there is in it. */
export class VariablesView {
  readonly element = element("aside", { class: "variables", "aria-label": "variables" });
  readonly #evaluate: Evaluate;
  readonly #names: () => readonly string[];

  constructor(evaluate: Evaluate, names: () => readonly string[]) {
    this.#evaluate = evaluate;
    this.#names = names;
  }

  async show(): Promise<void> {
    const names = [...new Set(this.#names())].sort();
    const found =
      names.length === 0 ? [] : readVariables(await this.#evaluate(describeCode(names)));
    // Functions, most of them imported, are seldom what one looks for.
    found.sort((a, b) => Number(a.type === "function") - Number(b.type === "function"));
    this.element.replaceChildren(
      element("header", {}, element("h2", {}, "Variables")),
      found.length === 0
        ? element("p", { class: "note" }, "none yet: run a cell that declares some")
        : this.#table(found),
    );
  }

  #table(variables: readonly Variable[]): HTMLElement {
    const head = ["name", "type", "shape", "size", "begins with"].map((name) =>
      element("th", { scope: "col" }, name),
    );
    return element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...variables.map((variable) => this.#row(variable))),
    );
  }

  #row({ name, type, shape, bytes, preview }: Variable): HTMLElement {
    const open = button(name, `Show ${name}`, () => void this.#preview(name));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, open),
      element("td", {}, type),
      element("td", {}, shape),
      element("td", {}, bytes === undefined ? "" : sizeText(bytes)),
      element("td", { class: "preview" }, preview),
    );
  }

  async #preview(name: string): Promise<void> {
    const value = await this.#evaluate(name);
    const data = isObject(value?.data) ? value.data : {};
    const shown = renderBundle(data, { widget: () => undefined });
    showWindow(name, shown ?? element("p", { class: "note" }, "there is nothing to show of it"));
  }
}
