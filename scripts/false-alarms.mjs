/**
 * How often the test of a simulated study finds what is not there: rsaPower at effect 0, for several plans and tests. Run
 * it after a change of what simulates or tests: node scripts/build.mjs && node scripts/false-alarms.mjs [sets]
 */
import {
  evalBootstrap,
  evalFixed,
  mantelTest,
  meanRdm,
  random,
  Rdm,
  rsaPower,
} from "../dist/src/index.js";

const sets = Number(process.argv[2] ?? 1000);
const quiet = { onProgress: false };
const lot = random(8);
const items = Array.from({ length: 8 }, (_, i) => `item ${i + 1}`);
const points = items.map(() => [lot.normal(), lot.normal(), lot.normal()]);
const model = new Rdm(
  points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0)),
  ),
  { items },
);
const plain = { model, nChannels: 20, noise: 4, person: 0 };
const persons = { ...plain, person: 1 };

const cases = [
  ["the usual test, 4 people, 1 run", plain, { people: 4, runs: 1 }],
  ["the usual test, 12 people, 4 runs", plain, { people: 12, runs: 4 }],
  ["the usual test, people who differ", persons, { people: 12, runs: 4 }],
  ["the usual test, 5 of 8 items by lot", persons, { people: 10, runs: 2, items: 5 }],
  [
    "t test of Pearson correlations",
    persons,
    {
      people: 10,
      runs: 2,
      test: async ({ model: expected, rdms }) =>
        (await evalFixed(expected, rdms, { method: "corr", ...quiet })).tests.zero.p[0],
    },
  ],
  [
    "signed ranks over people, of one side",
    persons,
    {
      people: 12,
      runs: 2,
      test: async ({ model: expected, rdms }) => {
        const result = await evalFixed(expected, rdms, { method: "corr", ...quiet });
        const { p } = result.test({ type: "ranksum" }).zero;
        return result.means[0] > 0 ? p[0] / 2 : 1 - p[0] / 2;
      },
    },
  ],
  [
    "Mantel test of the mean RDM, 499 permutations",
    persons,
    {
      people: 6,
      runs: 2,
      test: async ({ model: expected, rdms }) => {
        const mean = meanRdm(rdms);
        const found = await mantelTest(mean, expected, {
          permutations: 499,
          tail: "greater",
          seed: 3,
          ...quiet,
        });
        return found.pValue;
      },
    },
  ],
  [
    "dual bootstrap, 100 samples",
    persons,
    {
      people: 8,
      runs: 2,
      test: async ({ model: expected, rdms }) => {
        const how = { method: "corr", samples: 100, noiseCeiling: false, seed: 5, ...quiet };
        return (await evalBootstrap(expected, rdms, how)).tests.zero.p[0];
      },
    },
  ],
];

for (const [name, pilot, options] of cases) {
  const { plans } = await rsaPower(pilot, { ...options, effect: 0, sets, seed: 25, ...quiet });
  const [{ power, lower, upper, undefinedSets }] = plans;
  const within = lower <= 0.05 && 0.05 <= upper ? "holds 0.05" : "does not hold 0.05";
  const lost = undefinedSets === 0 ? "" : `, ${undefinedSets} without p`;
  console.log(
    `${name}: ${power.toFixed(3)} (Wilson ${lower.toFixed(3)} to ${upper.toFixed(3)}), ${within}${lost}`,
  );
}
