import { jupyterDisplay, type Displayable } from "../../core/display.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import { shareQuantities, shareQuantity, type ShareQuantity } from "./share-quantity.ts";

/** What shares of places are made of, whatever the places are. */
export interface PlaceSharesParts {
  /** Answers to the question of shares × places, C order. */
  readonly numbers: Float64Array;
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
  readonly notes: readonly string[];
}

/** One quantity of all places, before it lies in its place. */
export interface PlacedShares {
  readonly modelNames: readonly string[];
  /** Names × places, C order. */
  readonly scores: Float64Array;
  readonly rsaMetric: string;
}

/** What models explain in places, of RDMs, sensors, voxels, regions, sources or vertices: what all of these have. */
export abstract class PlaceShares<Scores extends Displayable> implements Displayable {
  readonly modelNames: readonly string[];
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #numbers: Float64Array;
  readonly #placed: (quantity: PlacedShares) => Scores;

  /** @param placed - puts scores where they belong. */
  constructor(
    { numbers, modelNames, ranks, notes }: PlaceSharesParts,
    placed: (quantity: PlacedShares) => Scores,
  ) {
    this.#numbers = numbers;
    this.#placed = placed;
    this.modelNames = modelNames;
    this.ranks = ranks;
    this.notes = notes;
  }

  /** One quantity as scores, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): Scores {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const { names, values } = shareQuantity(this.#numbers, this.modelNames, quantity);
    const rsaMetric = describeShares(quantity, this.ranks);
    return this.#placed({ modelNames: names, scores: values, rsaMetric });
  }

  [jupyterDisplay](): ReturnType<Scores[typeof jupyterDisplay]> {
    return this.of()[jupyterDisplay]() as ReturnType<Scores[typeof jupyterDisplay]>;
  }
}

/** What a result says of such a quantity. */
function describeShares(quantity: ShareQuantity, ranks: boolean): string {
  const of = ranks ? "rank variance" : "variance";
  return quantity === "share" ? `share of ${of}, in sample` : `${quantity} of ${of}, in sample`;
}
