import { expect, test } from "vitest";
import * as tsrsa from "../src/index.ts";
import * as io from "../src/io/index.ts";
import * as plot from "../src/plot/index.ts";
import * as course from "../course/index.ts";
import * as data from "../data-fetch/index.ts";

test.each([
  ["tsrsa", tsrsa],
  ["tsrsa/io", io],
  ["tsrsa/plot", plot],
  ["tsrsa/data", data],
  ["tsrsa/course", course],
])("no export of %s appears or vanishes by accident", async (name, module) => {
  const surface = Object.keys(module).sort().join("\n") + "\n";
  await expect(surface).toMatchFileSnapshot(`public-surface/${name.replace("/", "-")}.txt`);
});
