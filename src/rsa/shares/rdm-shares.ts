import { jupyterDisplay, type MimeBundle } from "../../core/display.ts";
import { noted } from "../../core/noted.ts";
import type { RdmMeta } from "../../rdm/rdm.ts";
import { RsaResult } from "../rsa-result.ts";
import { PlaceShares, type PlacedShares, type PlaceSharesParts } from "./place-shares.ts";

/** What shares of data RDMs are made of. */
export interface RdmSharesParts extends PlaceSharesParts {
  readonly dataNames: readonly string[];
  readonly dataMeta: readonly RdmMeta[];
}

/** What each model, and each set of models, explains of data RDMs. Immutable; {@link sharesRdms} makes it. */
export class RdmShares extends PlaceShares<RsaResult> {
  readonly dataNames: readonly string[];

  constructor({ dataNames, dataMeta, ...parts }: RdmSharesParts) {
    super(parts, (quantity) => resultOf(quantity, dataNames, dataMeta));
    this.dataNames = dataNames;
    Object.freeze(this);
  }

  override [jupyterDisplay](): MimeBundle {
    return noted(super[jupyterDisplay](), this.notes);
  }
}

function resultOf(
  { scores, modelNames, rsaMetric }: PlacedShares,
  dataNames: readonly string[],
  dataMeta: readonly RdmMeta[],
): RsaResult {
  const nData = dataNames.length;
  return new RsaResult({
    scores: scores.map((_, at) => {
      const [name, data] = [at % modelNames.length, Math.floor(at / modelNames.length)];
      return scores[name * nData + data];
    }),
    metric: rsaMetric,
    dataNames,
    modelNames,
    dataMeta,
  });
}
