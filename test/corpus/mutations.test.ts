import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Answer } from "./child.ts";
import { inManyChildren } from "./children.ts";
import { mutationSources, type MutationSource } from "./mutation-sources.ts";
import { itemOf, sourceOf } from "./try-mutation.ts";

// TSRSA_MUTATIONS: how many damaged copies are read (default 20,000); TSRSA_MUTATION_SEED: which ones (default 1);
// TSRSA_MUTATION_FORMAT: of one format alone.
const wanted = Number(process.env.TSRSA_MUTATIONS ?? 20_000);
const seed = Number(process.env.TSRSA_MUTATION_SEED ?? 1);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const format = process.env.TSRSA_MUTATION_FORMAT;
const shareOf = (source: MutationSource) =>
  format === undefined || format === source.format ? source.share : 0;
const shares = mutationSources.map(shareOf).reduce((sum, share) => sum + share, 0);
const counts = mutationSources.map((source) => Math.ceil((shareOf(source) * wanted) / shares));
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
    for (const [at, { name }] of mutationSources.entries()) {
      if (counts[at] === 0) continue;
      const ofSource = answers.filter(({ item }) => sourceOf(item)[0] === at);
      console.log(`${name}: ${fatesOf(ofSource)}`);
      expectSomeRefused(name, ofSource);
    }
  },
  Math.max(300_000, wanted * 30),
);

function fatesOf(answers: readonly Answer[]): string {
  const fates = ["refused", "same", "different"] as const;
  return fates
    .map((fate) => `${answers.filter((answer) => answer.fate === fate).length} ${fate}`)
    .join(", ");
}

/** A reader that takes everything would not be tested at all. */
function expectSomeRefused(name: string, answers: readonly Answer[]): void {
  const refused = answers.filter(({ fate }) => fate === "refused").length;
  expect(refused, name).toBeGreaterThan(answers.length / 25);
}
