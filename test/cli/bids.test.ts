import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { expect, test, vi } from "vitest";
import { register } from "../../cli/commands/bids.ts";

const root = fileURLToPath(new URL("../fixtures/bids/objects", import.meta.url));

async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  register(program);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await program.parseAsync(["node", "tsrsa", "bids", root, ...args]);
    return log.mock.calls.flat().join("\n");
  } finally {
    log.mockRestore();
  }
}

test("bids shows what there is, a row a kind of image", async () => {
  const lines = (await run()).split("\n");
  expect(lines[0]).toMatch(/^subject {2}session {2}task {5,}pipeline/);
  expect(lines).toContainEqual(expect.stringMatching(/^01 .* objects +fmriprep +T1w .* 2$/));
  expect(lines.at(-1)).toMatch(/^note: .*derivatives\/notes/);
  const second = JSON.parse(await run("--json", "--subject", "02")) as {
    images: { subject: string }[];
  };
  expect(second.images[0].subject).toBe("02");
  expect(await run("--subject", "sub-02")).toBe(await run("--subject", "02"));
  await expect(run("--subject", "03")).rejects.toThrow(/--subject 03: there are 01, 02/);
});

test("bids shows the runs of a task and what is missing of them", async () => {
  const printed = await run("--task", "rest", "--space", "MNI152NLin2009cAsym");
  expect(printed).toMatch(/02 +rest .* mask, confounds, events +\S+sub-02_task-rest/);
  const printedRuns = await run("--task", "objects", "--space", "T1w", "--json");
  const { runs } = JSON.parse(printedRuns) as { runs: { volumes: number }[] };
  expect(runs.map(({ volumes }) => volumes)).toEqual([60, 60, 60, 60]);
  await expect(run("--task", "objects")).rejects.toThrow(/MNI152NLin2009cAsym, T1w/);
  await expect(run("--hemisphere", "X")).rejects.toThrow(/hemisphere/);
});
