import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import type { RdmMeta } from "../../rdm/rdm.ts";
import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";
import { RsaResult } from "../rsa-result.ts";
import type { FoldFits } from "./weight-solver.ts";
import {
  namesOfWeights,
  weightQuantities,
  weightQuantity,
  type WeightQuantity,
} from "./weight-quantity.ts";

/** What weights of data RDMs are made of. */
export interface ModelWeightsParts {
  readonly fits: readonly FoldFits[];
  readonly dataNames: readonly string[];
  readonly dataMeta: readonly RdmMeta[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: readonly (readonly (string | number)[])[];
  readonly scoreBy: string;
  readonly nPeople: number;
  readonly notes: readonly string[];
}

/** Cross-validated weights of models for data RDMs. Immutable; {@link weightsRdms} makes it. */
export class ModelWeights implements Displayable {
  readonly dataNames: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: ModelWeightsParts["itemFolds"];
  /** How weighted models were scored. */
  readonly scoreBy: string;
  /** What to know about these weights, for example that one person is much of the mean. */
  readonly notes: readonly string[];
  readonly #parts: ModelWeightsParts;

  constructor(parts: ModelWeightsParts) {
    this.#parts = parts;
    this.dataNames = parts.dataNames;
    this.modelNames = parts.modelNames;
    this.itemFolds = parts.itemFolds;
    this.scoreBy = parts.scoreBy;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** One quantity of every data RDM, by default the cross-validated scores. Throws `UnknownOption`. */
  of(quantity: WeightQuantity = "score"): RsaResult {
    oneOf(weightQuantities, "quantity of weights")(quantity, "quantity");
    const { fits, dataNames, dataMeta, modelNames, nPeople, scoreBy } = this.#parts;
    const all = fits.map((fit) => weightQuantity(fit, quantity));
    return new RsaResult({
      scores: Float64Array.from(all.flatMap((values) => Array.from(values))),
      metric: describeWeights(quantity, scoreBy),
      dataNames,
      modelNames: namesOfWeights(quantity, modelNames, nPeople),
      dataMeta,
    });
  }

  /** One row for each data RDM and fold: `data`, `fold`, `items`, a column for each score, and `weight of …`. */
  foldTable(): Table {
    const { fits, dataNames, modelNames, nPeople, itemFolds } = this.#parts;
    const rows = dataNames.flatMap((_, data) => itemFolds.map((_, fold) => [data, fold] as const));
    const column = (of: (data: number, fold: number) => Cell): Cell[] =>
      rows.map((row) => of(...row));
    const scores = namesOfWeights("score", modelNames, nPeople);
    return new Table(
      new Map<string, Cell[]>([
        ["data", column((data) => dataNames[data])],
        ["fold", column((_, fold) => fold)],
        ["items", column((_, fold) => itemFolds[fold].join(" "))],
        ...scores.map((name, at): [string, Cell[]] => [
          name,
          column((data, fold) => fits[data].scores[fold * scores.length + at]),
        ]),
        ...modelNames.map((name, m): [string, Cell[]] => [
          `weight of ${name}`,
          column((data, fold) => fits[data].weights[fold * modelNames.length + m]),
        ]),
      ]),
    );
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.of()[jupyterDisplay]();
    const notes = this.notes.map((note) => `note: ${note}`);
    return { ...shown, "text/plain": [String(shown["text/plain"]), ...notes].join("\n") };
  }
}

/** What a result says of such a quantity. */
export function describeWeights(quantity: WeightQuantity, scoreBy: string): string {
  return quantity === "score"
    ? `${scoreBy}, cross-validated over items`
    : `${quantity} (${scoreBy})`;
}
