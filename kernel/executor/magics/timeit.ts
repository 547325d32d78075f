import type { Magic, MagicCall } from "./magic.ts";
import { duration } from "./time.ts";

const usualRounds = 7;
/** A round takes at least so long. */
const roundMs = 100;

/** Runs the cell often; a single run is a call of an async function, which is part of what is measured. */
export const timeit: Magic = {
  name: "timeit",
  summary:
    "run the expression, or the cell, often and tell how long one run takes (-n runs in each of -r rounds)",
  run: async ({ text, body, print }) => {
    const rounds = option(text, "r") ?? usualRounds;
    let runs = option(text, "n") ?? 1;
    if (option(text, "n") === undefined)
      for (; (await timed(body, runs)) < roundMs && runs < 1e7; runs *= 10);
    const each: number[] = [];
    for (let i = 0; i < rounds; i++) each.push((await timed(body, runs)) / runs);
    const mean = each.reduce((a, b) => a + b) / rounds;
    const spread = Math.sqrt(each.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rounds);
    print(
      `${duration(mean)} ± ${duration(spread)} per loop (mean ± std. dev. of ${rounds} runs, ${runs} loops each)\n`,
    );
    return undefined;
  },
};

/** `-n 10` or `-r3` before the code. */
function option(text: string, name: string): number | undefined {
  const [options] = /^(\s*-[a-z]\s*\d+)*/.exec(text) ?? [""];
  const found = new RegExp(`-${name}\\s*(\\d+)`).exec(options);
  return found === null ? undefined : Math.max(1, Number(found[1]));
}

async function timed(body: MagicCall["body"], runs: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < runs; i++) await body();
  return performance.now() - start;
}
