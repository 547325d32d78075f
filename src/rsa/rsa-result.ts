import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../core/keep.ts";
import type { RdmMeta } from "../rdm/rdm.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";

/** What a result is made of. */
export interface RsaResultParts {
  readonly scores: Float64Array;
  /** The name of the comparison. */
  readonly metric: string;
  readonly dataNames: readonly string[];
  readonly modelNames: readonly string[];
  /** Where each data RDM comes from; these become columns of the table. */
  readonly dataMeta?: readonly RdmMeta[];
}

/**
 * Scores of every data RDM with every model RDM. Immutable; shows itself as a table.
 *
 * @example
 * import { Rdm, rsa } from "tsrsa";
 * const result = rsa(new Rdm([1, 2, 3], { name: "IT" }), [new Rdm([1, 2, 3]), new Rdm([3, 2, 1])]);
 * result.score("IT", "model 2"); // -1
 */
export class RsaResult implements Displayable, Keepable {
  /** nData × nModels in C order. */
  readonly scores: Float64Array;
  readonly nData: number;
  readonly nModels: number;
  /** The name of the comparison. */
  readonly metric: string;
  readonly dataNames: readonly string[];
  readonly modelNames: readonly string[];
  readonly dataMeta: readonly RdmMeta[];

  constructor({ scores, metric, dataNames, modelNames, dataMeta = [] }: RsaResultParts) {
    this.scores = scores;
    this.nData = dataNames.length;
    this.nModels = modelNames.length;
    this.metric = metric;
    this.dataNames = dataNames;
    this.modelNames = modelNames;
    this.dataMeta = dataMeta;
    Object.freeze(this);
  }

  [jupyterKeys](): readonly string[] {
    return this.modelNames;
  }

  [jupyterSave](): SavedForm {
    const { scores, metric, dataNames, modelNames, dataMeta } = this;
    const data = { scores, metric, dataNames, modelNames, dataMeta };
    return { module: "tsrsa", name: "RsaResult", data };
  }

  /** Makes it anew from what was saved. */
  static [jupyterRestore](data: RsaResultParts): RsaResult {
    return new RsaResult(data);
  }

  /** The score of one data RDM with one model RDM, by position or name. Throws `InvalidArgument`. */
  score(data: number | string, model: number | string): number {
    const i = positionOf("data", data, this.dataNames);
    return this.scores[i * this.nModels + positionOf("model", model, this.modelNames)];
  }

  /** The only score there is. Throws `InvalidArgument` when there are several. */
  single(): number {
    if (this.scores.length === 1) return this.scores[0];
    throw new InvalidArgument(
      "result",
      `${this.nData} × ${this.nModels} scores`,
      "say which with score(data, model)",
    );
  }

  /** One row for each data RDM and model: `data`, `model`, `score`, and what is known of the data RDM. */
  toTable(): Table {
    const at = Array.from(this.scores, (_, k) => [Math.floor(k / this.nModels), k % this.nModels]);
    const keys = [...new Set(this.dataMeta.flatMap((meta) => Object.keys(meta)))];
    const columns: [string, Cell[]][] = [
      ["data", at.map(([i]) => this.dataNames[i])],
      ...keys.map((key): [string, Cell[]] => [
        key,
        at.map(([i]) => this.dataMeta[i]?.[key] ?? null),
      ]),
      ["model", at.map(([, j]) => this.modelNames[j])],
      ["score", Array.from(this.scores)],
    ];
    return new Table(new Map(columns));
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.toTable()[jupyterDisplay]();
    return {
      "text/html": `<p>RSA by ${this.metric}</p>${String(shown["text/html"])}`,
      "text/plain": `RSA by ${this.metric}\n${String(shown["text/plain"])}`,
    };
  }
}

function positionOf(argument: string, at: number | string, names: readonly string[]): number {
  const position = typeof at === "number" ? at : names.indexOf(at);
  if (Number.isInteger(position) && position >= 0 && position < names.length) return position;
  throw new InvalidArgument(
    argument,
    at,
    `give a position from 0 to ${names.length - 1}, or one of ${names.slice(0, 5).join(", ")}`,
  );
}
