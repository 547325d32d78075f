import { expect, test } from "vitest";
import * as core from "../../src/core/index.ts";
import * as encoding from "../../src/encoding/index.ts";
import * as pairs from "../../src/pairs/index.ts";
import * as plot from "../../src/plot/index.ts";
import * as rdm from "../../src/rdm/index.ts";
import * as report from "../../src/report/index.ts";
import * as rsa from "../../src/rsa/index.ts";
import * as simulate from "../../src/simulate/index.ts";
import * as searchlight from "../../src/searchlight/index.ts";
import * as stats from "../../src/stats/index.ts";
import * as table from "../../src/table/index.ts";
import { calls, notMade } from "./calls.ts";
import { classNames, functionNames } from "./surface.ts";

/** What takes only what other calls of the table made, and a text that marks every later figure. */
const notAsked = new Set(["fixedEffects", "knownPairs", "markFigures", "new ContrastResult"]);

const rooms = {
  ...{ core, encoding, pairs, plot, rdm, report, rsa },
  ...{ searchlight, simulate, stats, table },
};

test.each(Object.entries(rooms))("every export of %s stands in a row", (_room, exported) => {
  const names = Object.keys(exported);
  const asked = [
    ...functionNames.filter((name) => names.includes(name)),
    ...classNames.filter((name) => names.includes(name) && !notMade.has(name)).map(made),
  ];
  expect(asked.filter((name) => !(name in calls) && !notAsked.has(name))).toEqual([]);
});

function made(name: string): string {
  return `new ${name}`;
}
