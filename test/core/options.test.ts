import { expect, test } from "vitest";
import { UnknownOption } from "../../src/core/errors.ts";
import {
  computeRdm,
  createFolds,
  epochsFromArray,
  Rdm,
  rdmEpochs,
  rdmNifti,
  rsa,
  rsaEpochs,
  rsaNifti,
  searchlightPatches,
} from "../../src/index.ts";

const epochs = epochsFromArray({ data: new Float64Array(30), shape: [3, 2, 5] }, { sfreqHz: 10 });
const model = new Rdm([1, 2, 3]);
const slip = (name: string): never => ({ [name]: 1 }) as never;
const image = {} as never;

test.each<[string, () => unknown, RegExp]>([
  ["rsaEpochs", () => rsaEpochs(epochs, model, slip("spatialRadius")), /"spatialRadiusM"/],
  ["rdmEpochs", () => rdmEpochs(epochs, slip("temporalRadius")), /"temporalRadiusS"/],
  ["rsaNifti", () => rsaNifti(image, model, slip("radius")), /"radiusMm"/],
  ["rdmNifti", () => rdmNifti(image, slip("roimask")), /"roiMask"/],
  [
    "searchlightPatches",
    () => searchlightPatches([2, 3, 4], slip("spatialradius")),
    /"spatialRadius"/,
  ],
  ["computeRdm", () => computeRdm([[1, 2]], slip("metrics")), /"metric"/],
  ["createFolds", () => createFolds([[1, 2]], slip("label")), /"labels"/],
  ["rsa", () => rsa(model, model, slip("ignoreNaN")), /"ignoreNan"/],
])("%s refuses an option it does not know, and says which is meant", async (_, call, meant) => {
  const failed = async (): Promise<unknown> => call();
  await expect(failed()).rejects.toThrow(UnknownOption);
  await expect(failed()).rejects.toThrow(meant);
});

test("an option that is undefined is not there", () => {
  expect(rsa(model, model, { radius: undefined } as never).single()).toBe(1);
});

test.each([null, 3, "spearman", [1]])("options that are %s are refused", (options) => {
  expect(() => rsa(model, model, options as never)).toThrow(/invalid options/);
});
