import { describe, expect, test } from "vitest";
import { concatObservations, Observations, oddEvenSplit } from "../../src/table/index.ts";

const all = new Observations({
  patterns: [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ],
  table: { word: ["b", "a", "b", "a"], run: [1, 1, 2, 2], day: ["x", "x", "x", "x"] },
  channels: { name: ["Cz", "Pz"], side: ["l", "r"] },
});

const values = ({ patterns }: Observations): number[] => [...patterns.data];

describe("from a table and back", () => {
  const table = { word: ["b", "a"], Pz: [2, 4], run: [1, 2], Cz: [1, NaN] };

  test("columns of channels are patterns, the others the table", () => {
    const made = Observations.fromTable(table, ["Cz", "Pz"]);
    expect(values(made)).toEqual([1, 2, NaN, 4]);
    expect(made.table.names).toEqual(["word", "run"]);
    expect(made.channels?.column("name")).toEqual(["Cz", "Pz"]);
    expect(made.toTable("name").column("Pz")).toEqual([2, 4]);
    const again = Observations.fromTable(made.toTable("name"), ["Cz", "Pz"]);
    expect(values(again)).toEqual(values(made));
    expect(Observations.fromTable({ Cz: [1, 2] }, ["Cz"]).table.column("row")).toEqual([0, 1]);
  });

  test("what is no column of numbers is refused by name", () => {
    expect(() => Observations.fromTable(table, ["Cz", "Oz"])).toThrow("Oz");
    expect(() => Observations.fromTable(table, ["word"])).toThrow("word");
    expect(() => Observations.fromTable(table, ["Cz", "Cz"])).toThrow("once");
    expect(() => Observations.fromTable(table, [])).toThrow("once");
    expect(() => Observations.fromTable(table, "Cz" as never)).toThrow("channels");
  });
});

describe("rows travel with their table", () => {
  test("taken, chosen, sorted", () => {
    const taken = all.take([3, 0]);
    expect([values(taken), taken.table.column("word")]).toEqual([
      [7, 8, 1, 2],
      ["a", "b"],
    ]);
    const second = all.where((row) => row.run === 2);
    expect([values(second), second.table.length]).toEqual([[5, 6, 7, 8], 2]);
    const sorted = all.sortBy("word");
    expect([values(sorted), sorted.table.column("run")]).toEqual([
      [3, 4, 7, 8, 1, 2, 5, 6],
      [1, 2, 1, 2],
    ]);
    expect(all.where(() => false).patterns.shape).toEqual([0, 2]);
  });

  test("sorted by numbers by value, text by code point, missing last, ties as they were", () => {
    const mixed = new Observations({
      patterns: [[0], [1], [2], [3], [4], [5]],
      table: { key: [10, null, 9, "b", "B", 9] },
    });
    expect(values(mixed.sortBy("key"))).toEqual([2, 5, 0, 4, 3, 1]);
  });

  test("split by a column, in the order of its values", () => {
    const parts = all.splitBy("word");
    expect([...parts.keys()]).toEqual(["b", "a"]);
    expect(parts.get("a")?.table.column("run")).toEqual([1, 2]);
  });

  test("averaged by a column; of the table stays what agrees", () => {
    const means = all.averageBy("word");
    expect(values(means)).toEqual([5, 6, 3, 4]);
    expect(means.table.names).toEqual(["word", "day", "nAveraged"]);
    expect(means.table.column("nAveraged")).toEqual([2, 2]);
    expect(means.channels?.column("name")).toEqual(["Cz", "Pz"]);
  });

  test("channels taken and chosen by their table", () => {
    const right = all.whereChannels((row) => row.side === "r");
    expect([values(right), right.channels?.column("name")]).toEqual([[2, 4, 6, 8], ["Pz"]]);
    expect(values(all.takeChannels([1, 0])).slice(0, 2)).toEqual([2, 1]);
  });

  test("as one table, and behind one another", () => {
    const table = all.toTable("name");
    expect(table.names).toEqual(["word", "run", "day", "Cz", "Pz"]);
    expect(table.column("Pz")).toEqual([2, 4, 6, 8]);
    expect(all.toTable().names.slice(3)).toEqual(["channel 0", "channel 1"]);
    const more = new Observations({ patterns: [[9, 9]], table: { word: ["c"], who: [1] } });
    const both = concatObservations([all, more]);
    expect(both.table.column("who")).toEqual([null, null, null, null, 1]);
    expect([both.nObservations, both.nChannels]).toEqual([5, 2]);
  });

  test("channels in another order, or others, are not joined by position", () => {
    expect(() => concatObservations([all, all.takeChannels([1, 0])])).toThrow("channels differ");
    const of = (channels: Record<string, unknown[]>) =>
      new Observations({ patterns: [[1, 2]], table: { run: [3] }, channels: channels });
    expect(() => concatObservations([all, of({ name: ["Cz", "Fz"], side: ["l", "r"] })])).toThrow(
      "takeChannels",
    );
    expect(() => concatObservations([of({ n: [1, 2] }), of({ n: ["1", "2"] })])).toThrow(
      "channels",
    );
    // Columns in another order say the same; a set that says nothing goes with one that does.
    const turned = of({ side: ["l", "r"], name: ["Cz", "Pz"] });
    expect(concatObservations([all, turned]).nObservations).toBe(5);
    const bare = new Observations({ patterns: [[1, 2]], table: { run: [3] } });
    expect(concatObservations([bare, all]).channels?.column("name")).toEqual(["Cz", "Pz"]);
    const big = of({ n: [1n, 2n] });
    expect(concatObservations([big, big]).nChannels).toBe(2);
  });

  test("labels are text, and never missing ones", () => {
    expect(all.labels("run")).toEqual(["1", "1", "2", "2"]);
    const some = new Observations({ patterns: [[1]], table: { word: [null] } });
    expect(() => some.labels("word")).toThrow("word[0]");
  });

  test("slips are refused", () => {
    expect(() => new Observations({ patterns: [[1]], table: { a: [1, 2] } })).toThrow("1 rows");
    expect(
      () => new Observations({ patterns: [[1]], table: { a: [1] }, channels: { b: [1, 2] } }),
    ).toThrow("1 rows in channels");
    expect(() => all.take([4])).toThrow("0 to 3");
    expect(() => all.takeChannels([2])).toThrow("0 to 1");
    expect(() => all.sortBy("wort")).toThrow("word");
    expect(() => new Observations(null as never)).toThrow("parts");
    expect(() => concatObservations([])).toThrow("none");
    expect(() => concatObservations([all, all.takeChannels([0])])).toThrow("2 channels");
    const clash = new Observations({ patterns: [[1]], table: { "channel 0": [1] } });
    expect(() => clash.toTable()).toThrow("two columns");
    expect(() => clash.whereChannels(() => true)).toThrow("table of channels");
  });
});

describe("oddEvenSplit", () => {
  test("by the order in which values appear", () => {
    const { odd, even } = oddEvenSplit(["c", "a", "c", "b", "a"]);
    expect([[...odd], [...even]]).toEqual([
      [0, 2, 3],
      [1, 4],
    ]);
  });

  test("within each item, as nested_odd_even_split", () => {
    const { odd, even } = oddEvenSplit([1, 2, 2, 3, 4], { within: ["a", "a", "b", "b", "b"] });
    expect([[...odd], [...even]]).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });

  test("one run has no halves", () => {
    expect(() => oddEvenSplit([1, 1])).toThrow("a single value");
    expect(() => oddEvenSplit([])).toThrow();
    expect(() => oddEvenSplit([1, 2], { within: ["a", "b"] })).toThrow("within each group");
    expect(() => oddEvenSplit([1, 2], { within: ["a"] })).toThrow("2 values in within");
  });
});
