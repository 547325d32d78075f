import { join } from "node:path";
import { expect, test } from "vitest";
import { openBids } from "../../../src/io/bids/index.ts";
import { layOut } from "./lay-out.ts";
import { trees } from "./trees.ts";

test.each(trees)(
  "$name: all runs, each with its own files",
  async ({ files, derivatives, query }) => {
    const root = layOut(files);
    const data = await openBids({ raw: root, derivatives: join(root, derivatives) });
    const runs = await data.runs(query);
    const recorded = Object.keys(files).filter((name) => /_task-x_.*events\.tsv$/.test(name));
    expect(runs.map(({ events }) => events?.slice(root.length + 1)).sort()).toEqual(
      recorded.sort(),
    );
    for (const { missing, bold, mask, confounds, raw, repetitionTimeS } of runs) {
      expect([missing, repetitionTimeS]).toEqual([["image"], 1.5]);
      expect(mask).toBe(bold.replace("desc-preproc_bold", "desc-brain_mask"));
      expect(confounds?.replace(/_desc-.*/, "")).toBe(bold.replace(/_space-.*/, ""));
      expect(raw?.replace(/_(echo-1_)?bold.*/, "")).toBe(
        bold.replace(`${derivatives}/`, "").replace(/_space-.*/, ""),
      );
    }
  },
);
