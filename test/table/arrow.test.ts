import * as aq from "arquero";
import { describe, expect, test } from "vitest";
import { asTable, type TableLike } from "../../src/table/index.ts";

const columns = {
  file: ["f002.bmp", "s001.bmp", "f001.bmp"],
  trigger: Int32Array.of(5, 17, 6),
  rt: Float64Array.of(0.5, NaN, 0.7),
};

function expectColumns(input: TableLike): void {
  const table = asTable(input);
  expect(table.names).toEqual(["file", "trigger", "rt"]);
  expect(table.column("file")).toEqual(columns.file);
  expect(table.column("trigger")).toEqual([...columns.trigger]);
  expect(table.column("rt")).toEqual([...columns.rt]);
}

test("an Arrow table as Arquero gives it", () => {
  expectColumns(aq.table(columns).toArrow());
});

interface Arrow {
  tableFromArrays(arrays: object): TableLike;
}

// No dependency: the name is no literal, so that nothing looks for its types.
const name: string = "apache-arrow";
const arrow = await import(name).then(
  (found) => found as Arrow,
  () => undefined,
);

describe.skipIf(arrow === undefined)("apache-arrow, where it is installed", () => {
  test("its table", () => expectColumns(arrow?.tableFromArrays(columns) ?? {}));
});
