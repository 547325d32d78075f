import { paragraphs } from "../../core/text.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import type { RdmMeta } from "../../rdm/rdm.ts";
import { RsaResult } from "../rsa-result.ts";
import { shareQuantities, shareQuantity, type ShareQuantity } from "./share-quantity.ts";

/** What shares of data RDMs are made of. */
export interface RdmSharesParts {
  /** Answers to the question of shares × nData, C order. */
  readonly numbers: Float64Array;
  readonly dataNames: readonly string[];
  readonly dataMeta: readonly RdmMeta[];
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
  readonly notes: readonly string[];
}

/** What each model, and each set of models, explains of data RDMs. Immutable; {@link sharesRdms} makes it. */
export class RdmShares implements Displayable {
  readonly dataNames: readonly string[];
  readonly modelNames: readonly string[];
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #parts: RdmSharesParts;

  constructor(parts: RdmSharesParts) {
    this.#parts = parts;
    this.dataNames = parts.dataNames;
    this.modelNames = parts.modelNames;
    this.ranks = parts.ranks;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** One quantity of every data RDM, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): RsaResult {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const { numbers, dataNames, dataMeta, modelNames, ranks } = this.#parts;
    const { names, values } = shareQuantity(numbers, modelNames, quantity);
    const nData = dataNames.length;
    return new RsaResult({
      scores: values.map(
        (_, at) => values[(at % names.length) * nData + Math.floor(at / names.length)],
      ),
      metric: describeShares(quantity, ranks),
      dataNames,
      modelNames: names,
      dataMeta,
    });
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.of()[jupyterDisplay]();
    return {
      "text/html": String(shown["text/html"]) + paragraphs(this.notes),
      "text/plain": [String(shown["text/plain"]), ...this.notes].join("\n"),
    };
  }
}

/** What a result says of such a quantity. */
export function describeShares(quantity: ShareQuantity, ranks: boolean): string {
  const of = ranks ? "rank variance" : "variance";
  return quantity === "share" ? `share of ${of}, in sample` : `${quantity} of ${of}, in sample`;
}
