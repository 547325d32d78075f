import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Answer } from "./child.ts";
import { atOnce, inChildren } from "./children.ts";
import { mutationSources } from "./mutation-sources.ts";

// TSRSA_MUTATIONS: how many damaged copies are read (default 20,000); TSRSA_MUTATION_SEED: which ones (default 1).
const wanted = Number(process.env.TSRSA_MUTATIONS ?? 20_000);
const seed = Number(process.env.TSRSA_MUTATION_SEED ?? 1);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shares = mutationSources.map(({ share }) => share).reduce((sum, share) => sum + share, 0);
const counts = mutationSources.map(({ share }) => Math.ceil((share * wanted) / shares));
/** Copies of one source that one child reads. */
const perChild = 400;

test(
  "a damaged copy is refused, the same, or different only where no checksum is",
  async () => {
    console.log(`${wanted} damaged copies, TSRSA_MUTATION_SEED=${seed}`);
    const answers = new Map(mutationSources.map((_, at) => [at, [] as Answer[]]));
    const jobs = mutationSources.flatMap((_, at) => {
      const parts = Math.ceil(counts[at] / perChild);
      return Array.from({ length: parts }, (_, part) => () => {
        const items = Array.from(
          { length: Math.ceil(counts[at] / parts) },
          (_, n) => n * parts + part,
        );
        const task = { kind: "mutations", folder, source: at, seed, items } as const;
        return inChildren(task, (answer) => void answers.get(at)?.push(answer));
      });
    });
    await atOnce(jobs);
    const faults = [...answers].flatMap(([at, list]) =>
      list.flatMap(({ item, fault }) =>
        fault === undefined
          ? []
          : [`${mutationSources[at].name}, copy ${item}, seed ${seed}: ${fault}`],
      ),
    );
    expect(faults).toEqual([]);
    expect([...answers.values()].flat().length).toBeGreaterThanOrEqual(wanted);
    for (const [at, list] of answers) expectSomeRefused(mutationSources[at].name, list);
  },
  Math.max(300_000, wanted * 30),
);

/** A reader that takes everything would not be tested at all. */
function expectSomeRefused(name: string, answers: readonly Answer[]): void {
  const refused = answers.filter(({ fate }) => fate === "refused").length;
  expect(refused, name).toBeGreaterThan(answers.length / 25);
}
