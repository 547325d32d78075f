import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { pairComparisonOf, type PairComparisonLike } from "../../rsa/comparisons/resolve.ts";
import { evalFixed } from "../../rsa/eval-fixed.ts";
import type { EvalTestType } from "../../rsa/tests/eval-tests.ts";
import type { SimulatedStudy } from "./study.ts";

/** A test over people that other processes know, too. */
export type PowerTestName = Exclude<EvalTestType, "bootstrap">;

/** One of our tests, and how each person's RDM is compared with the model. */
export interface NamedTest {
  readonly type: PowerTestName;
  readonly method: PairComparisonLike;
}

export const powerTestNames: readonly PowerTestName[] = ["t", "ranksum"];

const words: Readonly<Record<PowerTestName, string>> = {
  t: "a one-sided t test over people",
  ranksum: "a two-sided Wilcoxon signed-rank test over people",
};

/** What is tested, in words. */
export function wordsOfTest({ type, method }: NamedTest): string {
  const { name } = pairComparisonOf(method);
  const score = name === "spearman" ? "Spearman's correlation" : `the score ${name}`;
  return `${words[type]} of ${score} of their RDMs with the model`;
}

/** The p value of a study, as `evalFixed` has it; `NaN` where there is none. */
export async function pOfNamedTest(
  { type, method }: NamedTest,
  { model, rdms }: Pick<SimulatedStudy, "model" | "rdms">,
): Promise<number> {
  const result = await evalFixed(model, rdms, { method, onProgress: false });
  if (result.tests === undefined) return NaN;
  const tests = type === "t" ? result.tests : result.test({ type, correction: "none" });
  return tests.zero.p[0];
}

/** Throws `InvalidArgument` for what the test has no p value below alpha of, whatever is drawn. */
export function checkTestable(
  test: NamedTest,
  { people, runs }: { readonly people: readonly number[]; readonly runs: readonly number[] },
  alpha: number,
  { condensed }: Rdm,
): void {
  const comparison = pairComparisonOf(test.method);
  const [fewest] = people;
  const smallest = test.type === "t" ? 0 : 2 ** (1 - fewest);
  if (comparison.zero !== "chance" || comparison.neverBelowZero === true)
    throw new InvalidArgument(
      "method",
      comparison.name,
      "0 is no chance of it that could be tested against; take another, or a test of your own",
    );
  if (comparison.chanceIfSigned === true && runs.includes(1))
    throw new InvalidArgument(
      "runs",
      1,
      `distances of one run are never below 0, and ${comparison.name} of them is above 0 whatever they are: give 2 runs or more, or method: "corr"`,
    );
  if (fewest < 2)
    throw new InvalidArgument("people", fewest, "a test over people needs 2 or more of them");
  if (smallest >= alpha)
    throw new InvalidArgument(
      "people",
      fewest,
      `signed ranks of ${fewest} people never have a p below ${smallest}; give more people, or test: "t"`,
    );
  if (condensed.every((distance) => distance === condensed[0]))
    throw new InvalidArgument(
      "model",
      "a constant",
      "nothing correlates with it; give one with differences, or a test of your own",
    );
}
