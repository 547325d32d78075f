import { expect, test } from "vitest";
import { parsePercent } from "../../kernel/notebook/percent.ts";

test("a block comment of blanks is read in time that grows with its length", () => {
  for (const blank of ["\t", " ", "\n", " \n"]) {
    const before = process.cpuUsage();
    parsePercent(`// %% [markdown]\n/**${blank.repeat(5_000)}\n`);
    parsePercent(`// %% [markdown]\n/**${blank.repeat(5_000)}x${blank.repeat(5_000)}*/\n`);
    expect(process.cpuUsage(before).user).toBeLessThan(2e6);
  }
});
