import { expect, test } from "vitest";
import { Cells } from "../../../kernel/language/cells.ts";

test("a cell that runs again takes the place of its module, and one that declares nothing has none", () => {
  const cells = new Cells();
  for (let i = 0; i < 300; i++) cells.add("const a = 1");
  cells.add("a + 1");
  expect(cells.numbers).toHaveLength(1);
});

test("a module that no name leads to any more is let go, and one that others speak of stays", () => {
  const cells = new Cells();
  cells.add("const a = 1");
  cells.add("const b = a");
  cells.add("const a = 'text'");
  expect(cells.numbers).toHaveLength(3);
  cells.add("const b = 2");
  expect(cells.numbers).toHaveLength(2);
  expect(cells.draft("a").text).toContain("import { a } from");
});
