import { describe, expect, test } from "vitest";
import {
  asStrings,
  formatCsv,
  hdf5Bytes,
  matTexts,
  npzBytes,
  openHdf5,
  parseCsv,
  parseTsv,
  readMat,
  readNpz,
  type MatValue,
} from "../../src/io/index.ts";
import { alignByLabel, distinctLabels, type Cell } from "../../src/table/index.ts";
import { MatBuilder } from "../io/mat/build.ts";

/** Texts that some reader somewhere takes for something else, in pairs that would then be one label. */
const pairs: readonly (readonly [string, string])[] = [
  ["1e3", "1000"],
  ["1E5", "100000"],
  ["007", "7"],
  ["0x10", "16"],
  ["0b11", "3"],
  ["0o17", "15"],
  ["1_000", "1000"],
  ["1,000", "1000"],
  ["1 000", "1000"],
  ["1.000,5", "1000.5"],
  ["+5", "5"],
  ["5.", "5"],
  ["true", "TRUE"],
  ["True", "1"],
  ["false", "0"],
  ["2024-01-02", "2024-1-2"],
  ["1/2", "0.5"],
  ["01-02", "1-2"],
  ["MARCH1", "1-Mar"],
  ["INF", "Infinity"],
  ["-inf", "-Infinity"],
  ["9007199254740993", "9007199254740992"],
  ["1e999", "inf"],
  ["1e-400", "0"],
  ["50%", "0.5"],
  ["$5", "5"],
  ["1d3", "1000"],
  ["\u0661", "1"],
  ["caf\u00e9", "cafe\u0301"],
  ["face", "face "],
  ["face", " face"],
  ["Face", "face"],
  ["a\u00a0b", "a b"],
  ["__proto__", "constructor"],
  ['say "a"', "say a"],
  ["a;b", "a,b"],
];
const wordsForMissing = ["NA", "None", "null", "nan", "n/a"];

/** The labels of a column that was written by a format and read back. */
type Trip = (labels: readonly string[]) => Promise<readonly Cell[]> | readonly Cell[];

const trips: Readonly<Record<string, Trip>> = {
  CSV: (labels) => {
    const columns = new Map([["item", labels]]);
    return parseCsv(formatCsv(["item"], columns), { missing: [] }).columns.get("item") ?? [];
  },
  "CSV, missing values as pandas has them": (labels) =>
    parseCsv(formatCsv(["item"], new Map([["item", labels]]))).columns.get("item") ?? [],
  "CSV, as text": (labels) => {
    const text = formatCsv(["item"], new Map([["item", labels]]));
    return parseCsv(text, { text: ["item"], missing: [] }).columns.get("item") ?? [];
  },
  TSV: (labels) => {
    const text = formatCsv(["item"], new Map([["item", labels]]), { delimiter: "\t" });
    return parseTsv(`n\t${text.replace(/\n(?=.)/g, "\n0\t")}`).columns.get("item") ?? [];
  },
  HDF5: async (labels) => {
    const file = await openHdf5(await hdf5Bytes({ item: labels }));
    const { data } = (await file.read("/item")) as unknown as { data: Cell[] };
    await file.close();
    return data;
  },
  NPZ: async (labels) => {
    const item = (await readNpz(await npzBytes({ item: labels }))).get("item");
    return item === undefined ? [] : asStrings(item);
  },
  MATLAB: async (labels) => {
    const mat = new MatBuilder(true);
    const cells = labels.map((label) => {
      const codes = Uint16Array.from(label, (_, at) => label.charCodeAt(at));
      return mat.matrix(4, [1, label.length], "", mat.element(17, new Uint8Array(codes.buffer)));
    });
    const item = mat.matrix(1, [1, labels.length], "item", ...cells);
    const value = (await readMat(mat.file(item))).get("item") as MatValue;
    return matTexts(value);
  },
};

describe.each(Object.entries(trips))("labels through %s", (_, trip) => {
  test.each(pairs)("%j alone stays what it is, and is never %j", async (one, other) => {
    expect(distinctLabels(await trip([one, one]))).toEqual([one]);
    // In two files, each alone: no label of one is one of the other.
    const [first, second] = [await trip([one]), await trip([other])];
    expect(distinctLabels(first)).not.toEqual(distinctLabels(second));
    // In one file.
    expect(new Set(distinctLabels(await trip([one, other])))).toEqual(new Set([one, other]));
  });
});

test.each(Object.entries(trips))(
  "labels that are words for nothing, through %s",
  async (name, trip) => {
    for (const word of wordsForMissing) {
      const cells = await trip(["face", word]);
      if (cells[1] !== null) expect(distinctLabels(cells)).toContain(word);
      // What is missing is refused as a label, never dropped.
      else
        expect(() => alignByLabel(cells, ["face", word])).toThrow(
          /every observation a label.*missing: \[\]/,
        );
      if (!name.includes("pandas") && name !== "TSV") expect(cells).toEqual(["face", word]);
    }
  },
);

describe("columns that are measures are numbers", () => {
  test.each([
    ["1\n2\n10", [1, 2, 10]],
    ["0.5\n-1e-3\n.25", [0.5, -0.001, 0.25]],
    ["1.0\n2.0\n3.5", [1, 2, 3.5]],
    ["1.500000e+03\n2.000000e+00", [1500, 2]],
    ["1e-07\n2.5e-05", [1e-7, 2.5e-5]],
    ["1e+21\n3", [1e21, 3]],
    ["1e+16\n2e+22", [1e16, 2e22]],
    ["0.5\n+0.5e1\ninf", [0.5, 5, Infinity]],
    ["-3\nNA\n4", [-3, null, 4]],
    [".543\n.612", [0.543, 0.612]],
  ])("%j", (rows, expected) => {
    expect(parseCsv(`a\n${rows}\n`).columns.get("a")).toEqual(expected);
  });
});
