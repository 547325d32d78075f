import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { applyInverse, readEpochs, readEvokeds, readInverse } from "../../src/index.ts";
import type { ApplyInverseOptions, SourceEstimates } from "../../src/index.ts";
import { isReferenceError, numbersOf, readReference } from "../reference/read-reference.ts";
import type { ReferenceArray, ReferenceError } from "../reference/read-reference.ts";

interface Result {
  readonly vertices: readonly ReferenceArray[];
  readonly tmin: number;
  readonly tstep: number;
  readonly subject: string;
  readonly data: { readonly f64: string; readonly shape: readonly number[] };
}
interface Case {
  readonly operator: string;
  readonly on: string;
  readonly method: "MNE" | "dSPM" | "sLORETA" | "eLORETA";
  readonly pickOri: "normal" | "vector" | null;
  readonly lambda2: number;
  readonly nave: number;
  readonly use_cps?: boolean;
  readonly proj?: boolean;
  readonly label?: { readonly hemi: "lh" | "rh"; readonly vertices: ReferenceArray };
  readonly mne_is_wrong?: { readonly right: string };
  readonly result: Result | ReferenceError;
}

const { cases } = readReference<{ cases: readonly Case[] }>("surface/inverse.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url));
const floats = (name: string) =>
  new Float64Array(Uint8Array.from(readFileSync(pathOf(name))).buffer);

async function estimate(one: Case): Promise<SourceEstimates> {
  const isEvoked = one.on.includes("-ave");
  const data = isEvoked
    ? (await readEvokeds(pathOf(one.on)))[0]
    : await readEpochs(pathOf(one.on), { applyProjections: one.proj ?? false });
  const options: ApplyInverseOptions = {
    method: one.method as "MNE",
    lambda2: one.lambda2,
    orientation: one.pickOri ?? "length",
    nAverages: one.nave,
    patchNormals: one.use_cps,
    label: one.label && {
      hemisphere: one.label.hemi === "lh" ? "left" : "right",
      vertices: numbersOf(one.label.vertices),
    },
  };
  return applyInverse(data, await readInverse(pathOf(one.operator)), options);
}

/** What is right: the file, or so many times another one where MNE is wrong. */
function expected({ result, mne_is_wrong: wrong }: Case): Float64Array {
  const [, factor, file] = /^([\d.]+) times (\S+)$/.exec(wrong?.right ?? "") ?? [];
  if (file !== undefined) return floats(file).map((value) => value * Number(factor));
  return floats((result as Result).data.f64);
}

const refused = (one: Case) =>
  isReferenceError(one.result) || one.mne_is_wrong?.right === "refuse" || one.method === "eLORETA";
const named = cases.map((one, at) => ({
  ...one,
  name: `${at + 1} ${one.operator} on ${one.on}, ${one.method} ${one.pickOri ?? "length"}, nave ${one.nave}`,
}));

describe("estimates as MNE makes them", () => {
  test.each(named.filter((one) => !refused(one)))("$name", async (one) => {
    const found = await estimate(one);
    const { vertices, tmin, tstep, subject, data } = one.result as Result;
    const right = expected(one);
    const shape =
      one.on.includes("-ave") && data.shape.length < 3 ? [1, ...data.shape] : data.shape;
    expect(found.data.shape).toEqual(shape);
    const scale = right.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = right.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - found.data.data[at])),
      0,
    );
    expect(worst / scale).toBeLessThan(1e-6);
    expect(found.vertices.map((list) => Array.from(list))).toEqual(
      vertices.map((list) => Array.from(numbersOf(list))),
    );
    expect(found.tminS).toBeCloseTo(tmin, 7);
    expect(found.tstepS).toBeCloseTo(tstep, 9);
    expect(found.subject).toBe(subject);
  });
});

describe("what has no answer is refused in words", () => {
  test.each(named.filter(refused))("$name", async (one) => {
    const error: unknown = await estimate(one).catch((reason: unknown) => reason);
    expect(error).toHaveProperty("code");
    expect((error as Error).message).toMatch(/;/);
  });
  test("a channel that is missing is named", async () => {
    const one = named.find(({ on }) => on === "missing-epo.fif");
    if (one === undefined) throw new Error("no such case");
    await expect(estimate(one)).rejects.toThrow(/"MEG0003"/);
  });
  test("options are refused by name", async () => {
    const epochs = await readEpochs(pathOf("demo-epo.fif"));
    const inverse = await readInverse(pathOf("free-meg-inv.fif"));
    await expect(applyInverse(epochs, inverse, { lambda2: -1 })).rejects.toThrow(/lambda2/);
    await expect(applyInverse(epochs, inverse, { lamda2: 1 } as object)).rejects.toThrow(
      /did you mean "lambda2"/,
    );
    const label = { name: "nowhere", hemisphere: "left", vertices: [1] } as const;
    const sideless = { name: "both", vertices: inverse.spaces[0].vertices };
    await expect(applyInverse(epochs, inverse, { label })).rejects.toThrow(/nowhere/);
    await expect(applyInverse(epochs, inverse, { label: sideless })).rejects.toThrow(
      /without hemisphere.*"left" or "right"/,
    );
  });
});
