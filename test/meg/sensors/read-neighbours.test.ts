import { describe, expect, test } from "vitest";
import { permutationClusterTest, readNeighbours } from "../../../src/index.ts";
import { formatCsv } from "../../../src/io/index.ts";
import { matStructArray } from "../../support/mat5.ts";

const text = (csv: string) => new TextEncoder().encode(csv);

describe("FieldTrip's neighbours in a .mat file", () => {
  const file = matStructArray("neighbours", [
    { label: "MEG0111", neighblabel: ["MEG0121", "MEG0131"] },
    { label: "MEG0121", neighblabel: ["MEG0111"] },
    { label: "MEG0131", neighblabel: ["MEG0111"] },
    { label: "MEG0141", neighblabel: [] },
  ]);

  test("are read both ways, each pair once, and sensors without any are there", async () => {
    const neighbours = await readNeighbours(file);
    expect(neighbours.names).toEqual(["MEG0111", "MEG0121", "MEG0131", "MEG0141"]);
    expect(neighbours.pairs).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(neighbours.of("MEG0111")).toEqual(["MEG0121", "MEG0131"]);
    expect([...neighbours.counts()]).toEqual([2, 1, 1, 0]);
  });

  test("join data by name, whatever their order and spaces", async () => {
    const data = {
      data: Float64Array.of(5, 5, 0, 6, 6.5, 1, 7, 6.7, -1, 5, 6, 0.5),
      shape: [4, 3],
    };
    const { clusters, notes, method } = await permutationClusterTest(data, {
      channels: ["MEG 0131", "MEG 0111", "MEG 0141"],
      adjacency: await readNeighbours(file),
      onProgress: false,
    });
    expect(clusters.map(({ positions }) => [...positions])).toEqual([[0, 1]]);
    expect(method).toContain("3 sensors with neighbours by name (table (bytes in memory))");
    expect(notes).toEqual(["1 sensor has no neighbour: MEG 0141"]);
  });

  test("under another name, and a file that has none", async () => {
    const other = matStructArray("table", [{ label: "A", neighblabel: ["B"] }]);
    expect((await readNeighbours(other)).of("A")).toEqual(["B"]);
    const none = matStructArray("layout", [{ name: "A" }]);
    await expect(readNeighbours(none)).rejects.toThrow(/neighblabel.*layout/);
  });
});

describe("a CSV", () => {
  test("of pairs, of lists, and what toTable wrote", async () => {
    const pairs = await readNeighbours(text("a,b\nFz,Cz\nCz,Fz\nCz,Cz\nCz,Pz\n"));
    expect(pairs.pairs).toEqual([
      [0, 1],
      [1, 2],
    ]);
    const lists = await readNeighbours(text("sensor,beside\nCz,Fz; Pz\nOz,\n"));
    expect(lists.of("Cz")).toEqual(["Fz", "Pz"]);
    expect(lists.of("Oz")).toEqual([]);
    const table = pairs.toTable();
    const columns = new Map(table.names.map((name) => [name, table.column(name).map(String)]));
    const again = await readNeighbours(text(formatCsv(table.names, columns)));
    expect(again.pairs.length).toBe(2);
    expect(again.of("Cz")).toEqual(["Fz", "Pz"]);
  });

  test("sensors that are numbers stay text", async () =>
    expect((await readNeighbours(text("a,b\n1,2\n2,10\n"))).of("2")).toEqual(["1", "10"]));

  test("of three columns, without names, or empty", async () => {
    await expect(readNeighbours(text("a,b,c\n1,2,3\n"))).rejects.toThrow(/columns/);
    await expect(readNeighbours(text("a,b\n,2\n"))).rejects.toThrow(/line 2/);
    await expect(readNeighbours(text(""))).rejects.toThrow();
  });
});
