import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { cells, list as isAList } from "../core/gate/kinds.ts";
import { isList } from "../core/gate/vector.ts";
import { kFold, type Fold } from "../stats/folds.ts";

/** Rows to leave out in turn: how many consecutive folds, or folds of one's own. */
export type FoldsOption = number | readonly Fold[];

/** Rows in segments, of which the first `nFolds` are left out in turn; a last one, if there is one, never is. */
export interface Segments {
  readonly segmentOf: Int32Array;
  readonly nSegments: number;
  readonly nFolds: number;
}

/** Throws `InvalidArgument` for folds that overlap or do not train on all other rows. */
export function segmentsOf(folds: FoldsOption, nRows: number): Segments {
  if (typeof folds !== "number" && !isList(folds))
    throw new InvalidArgument("folds", folds, "give how many, or a list of folds as kFold makes");
  const list = typeof folds === "number" ? kFold(nRows, folds) : folds;
  if (list.length < 2)
    throw new InvalidArgument("folds", `${list.length} fold`, "give two folds or more");
  const segmentOf = new Int32Array(nRows).fill(list.length);
  isAList(list, "folds");
  for (const [fold, given] of list.entries()) {
    const { train, test }: Partial<Fold> = given ?? {};
    if (!isList(train) || !isList(test))
      throw wrong(fold, "lacks its rows", "give { train, test }, two lists of rows");
    if (test.length === 0) throw wrong(fold, "tests no row", "leave out empty folds");
    for (const row of Array.from(test)) {
      if (!(row >= 0 && row < nRows))
        throw wrong(fold, `tests row ${row}`, `give rows from 0 to ${nRows - 1}`);
      if (segmentOf[row] < list.length)
        throw wrong(fold, `tests row ${row} as another fold does`, "test each row at most once");
      segmentOf[row] = fold;
    }
  }
  list.forEach((fold, index) => checkTrain(fold, index, nRows));
  const rest = segmentOf.includes(list.length) ? 1 : 0;
  return { segmentOf, nSegments: list.length + rest, nFolds: list.length };
}

function checkTrain({ train, test }: Fold, index: number, nRows: number): void {
  const rows = new Set([...train, ...test]);
  if (train.length + test.length === nRows && rows.size === nRows) return;
  throw wrong(
    index,
    `trains on ${train.length} of the ${nRows - test.length} rows it does not test`,
    "train on all of them; drop unwanted rows from stimuli and responses before",
  );
}

function wrong(fold: number, what: string, advice: string): InvalidArgument {
  return new InvalidArgument("folds", `fold ${fold} ${what}`, advice);
}

/**
 * Folds that leave out one run each. Volumes of a run are alike, for the signal is slow: folds that cut runs test on
 * neighbours of what they trained on.
 *
 * @param runs - the run of each row, compared with `===`; folds are in the order in which runs appear.
 * @throws InvalidArgument for fewer than two runs.
 * @example
 * import { leaveOneRunOut } from "tsrsa";
 * leaveOneRunOut([1, 1, 2, 2, 2]).map((fold) => Array.from(fold.test)); // [ [ 0, 1 ], [ 2, 3, 4 ] ]
 */
export function leaveOneRunOut(runs: ArrayLike<string | number>): Fold[] {
  checkList(runs);
  const rows = Int32Array.from({ length: runs.length }, (_, row) => row);
  const names = [...new Set(Array.from(runs as ArrayLike<number>))];
  if (names.length < 2)
    throw new InvalidArgument(
      "runs",
      `${names.length} run`,
      "give two runs or more to leave one out",
    );
  return names.map((name) => ({
    train: rows.filter((row) => runs[row] !== name),
    test: rows.filter((row) => runs[row] === name),
  }));
}

/** Throws `ShapeMismatch` unless there is a run for each row. */
export function checkRuns(runs: ArrayLike<unknown>, nRows: number): void {
  checkList(runs);
  if (runs.length === nRows) return;
  throw new ShapeMismatch(`a run for each of ${nRows} rows`, `${runs.length}`);
}

function checkList(runs: unknown): void {
  cells(runs, "runs");
}
