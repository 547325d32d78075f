import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Answer } from "./child.ts";
import { inManyChildren } from "./children.ts";
import { mutationSources } from "./mutation-sources.ts";
import { itemOf, sourceOf } from "./try-mutation.ts";

// TSRSA_MUTATIONS: how many damaged copies are read (default 20,000); TSRSA_MUTATION_SEED: which ones (default 1).
const wanted = Number(process.env.TSRSA_MUTATIONS ?? 20_000);
const seed = Number(process.env.TSRSA_MUTATION_SEED ?? 1);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shares = mutationSources.map(({ share }) => share).reduce((sum, share) => sum + share, 0);
const counts = mutationSources.map(({ share }) => Math.ceil((share * wanted) / shares));
const items = counts.flatMap((count, at) => Array.from({ length: count }, (_, n) => itemOf(at, n)));

test(
  "a damaged copy is refused, the same, or different only where no checksum is",
  async () => {
    console.log(`${items.length} damaged copies, TSRSA_MUTATION_SEED=${seed}`);
    const answers = await inManyChildren({ kind: "mutations", folder, seed, items });
    const faults = answers.flatMap(({ item, fault }) => {
      const [at, n] = sourceOf(item);
      const copy = `${mutationSources[at].name}, copy ${n}, seed ${seed}`;
      return fault === undefined ? [] : [`${copy}: ${fault}`];
    });
    expect(faults).toEqual([]);
    expect(answers.length).toBe(items.length);
    for (const [at, { name }] of mutationSources.entries())
      expectSomeRefused(
        name,
        answers.filter(({ item }) => sourceOf(item)[0] === at),
      );
  },
  Math.max(300_000, wanted * 30),
);

/** A reader that takes everything would not be tested at all. */
function expectSomeRefused(name: string, answers: readonly Answer[]): void {
  const refused = answers.filter(({ fate }) => fate === "refused").length;
  expect(refused, name).toBeGreaterThan(answers.length / 25);
}
