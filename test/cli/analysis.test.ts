import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asMatrix, readNpy, writeNpy } from "../../src/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";
import { root, tsrsa } from "./tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Distances {
  readonly meta: { readonly inputs: Record<string, ReferenceArray> };
  readonly cases: {
    readonly input: string;
    readonly metric: string;
    readonly params: object;
    readonly output: Record<string, ReferenceArray>;
  }[];
}

interface Epochs {
  readonly meta: { readonly models: ReferenceArray[]; readonly model_labels: string[] };
  readonly cases: { readonly name: string; readonly output: unknown }[];
}

const distances = readReference<Distances>("rsa/distances.json");
const epochs = readReference<Epochs>("rsa/epochs.json");

/** Input and expected output of a case of the reference file. */
function distanceCase(metric: string): { features: ReferenceArray; expected: Float64Array } {
  const found = distances.cases.find(
    (entry) =>
      entry.input === "general" &&
      entry.metric === metric &&
      Object.keys(entry.params).length === 0,
  );
  if (found === undefined) throw new Error(`no case for ${metric}`);
  return {
    features: distances.meta.inputs.general,
    expected: numbersOf(Object.values(found.output)[0]),
  };
}

beforeAll(async () => {
  await writeNpy(at("features.npy"), matrixOf(distances.meta.inputs.general));
  for (const [i, model] of epochs.meta.models.entries())
    await writeNpy(at(`m${i + 1}.npy`), matrixOf(model));
  writeFileSync(at("items.txt"), epochs.meta.model_labels.join("\n") + "\n");
});

describe("tsrsa rdm", () => {
  test.each(["correlation", "euclidean", "cityblock", "braycurtis"])(
    "%s gives the reference numbers",
    async (metric) => {
      const { expected } = distanceCase(metric);
      const { code, stderr } = await tsrsa([
        "rdm",
        at("features.npy"),
        "--metric",
        metric,
        "--out",
        at(`rdm-${metric}.npy`),
      ]);
      expect([code, stderr]).toEqual([0, ""]);
      const rdm = await readNpy(at(`rdm-${metric}.npy`));
      expect([rdm.dtype, rdm.shape]).toEqual(["<f8", [expected.length]]);
      expect(largestDifference(asMatrix(rdm).data, expected)).toBeLessThanOrEqual(1e-12);
    },
  );

  test("without --out it prints the numbers, one a line", async () => {
    const { stdout } = await tsrsa(["rdm", at("features.npy")]);
    expect(
      largestDifference(
        stdout.trim().split("\n").map(Number),
        distanceCase("correlation").expected,
      ),
    ).toBeLessThanOrEqual(1e-12);
  });

  test("--json is for machines", async () => {
    const { stdout } = await tsrsa(["rdm", at("features.npy"), "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      metric: "correlation",
      nItems: distances.meta.inputs.general.shape[0],
    });
  });

  test("an unknown metric is wrong usage and meets the right one", async () => {
    const { code, stderr } = await tsrsa(["rdm", at("features.npy"), "--metric", "corelation"]);
    expect([code, stderr]).toEqual([
      2,
      "tsrsa: --metric corelation is not known; did you mean correlation?\n",
    ]);
  });

  test("a missing file fails and says where it looked", async () => {
    const { code, stderr } = await tsrsa(["rdm", at("nothing.npy")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no file .*nothing\.npy; looked at/);
  });
});

describe("tsrsa rsa", () => {
  test("an RDM with itself is 1, and models are told apart by name", async () => {
    const { code, stdout } = await tsrsa([
      "rsa",
      at("m1.npy"),
      at("m1.npy"),
      at("m2.npy"),
      "--json",
    ]);
    expect(code).toBe(0);
    const { metric, scores } = JSON.parse(stdout) as {
      metric: string;
      scores: { model: string; score: number }[];
    };
    expect([metric, scores.map(({ model }) => model)]).toEqual(["spearman", ["m1", "m2"]]);
    expect(scores[0].score).toBeCloseTo(1, 12);
  });

  test("a square matrix is as good as a condensed vector", async () => {
    const [a, b, c] = [0.1, 0.2, 0.3];
    await writeNpy(at("square.npy"), {
      data: Float64Array.of(0, a, b, a, 0, c, b, c, 0),
      shape: [3, 3],
    });
    await writeNpy(at("condensed.npy"), { data: Float64Array.of(a, b, c), shape: [3] });
    expect(
      (await tsrsa(["rsa", at("square.npy"), at("condensed.npy"), "--metric", "pearson"])).stdout,
    ).toBe("condensed  1\n");
  });

  test("features are not an RDM", async () => {
    const { code, stderr } = await tsrsa(["rsa", at("features.npy"), at("m1.npy")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /features\.npy: shape: expected a condensed vector or a square matrix.*make an RDM of features with: tsrsa rdm/,
    );
  });

  test("RDMs of different size are refused", async () => {
    expect(await tsrsa(["rsa", at("m1.npy"), at("condensed.npy")])).toMatchObject({ code: 1 });
  });
});

describe("tsrsa rsa-epochs", () => {
  const file = join(root, "test/fixtures/fif/small-epo.fif");
  const args = (...more: string[]) => [
    "rsa-epochs",
    file,
    "--model",
    at("m1.npy"),
    at("m2.npy"),
    "--items",
    at("items.txt"),
    "--label-column",
    "file",
    "--out",
    at("scores.csv"),
    ...more,
  ];

  test("scores over time are those of MNE-RSA (the file holds float32)", async () => {
    const { code, stdout, stderr } = await tsrsa(args("--temporal-radius", "0.04"));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^m1: highest spearman 0\.\d+ at -?0\.\d+ s\nm2: highest/);
    const lines = readFileSync(at("scores.csv"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    expect(lines[0]).toEqual(["time", "m1", "m2"]);
    const expected = epochs.cases.find(({ name }) => name === "labels_temporal")?.output as {
      data: ReferenceArray;
      times: ReferenceArray;
    }[];
    expect(
      largestDifference(
        lines.slice(1).map(([time]) => Number(time)),
        numbersOf(expected[0].times),
      ),
    ).toBeLessThanOrEqual(1e-12);
    expected.forEach(({ data }, model) => {
      expect(
        largestDifference(
          lines.slice(1).map((line) => Number(line[model + 1])),
          numbersOf(data),
        ),
      ).toBeLessThanOrEqual(1e-12);
    });
  });

  test("sensor patches have a row for each sensor and time", async () => {
    expect((await tsrsa(args("--temporal-radius", "0.04", "--spatial-radius", "0.06"))).code).toBe(
      0,
    );
    const lines = readFileSync(at("scores.csv"), "utf8").trim().split("\n");
    expect(lines[0]).toBe("time,channel,m1,m2");
    expect(lines).toHaveLength(1 + 4 * 14);
  });

  test("a column that is not there fails with the right one", async () => {
    const others = new Map([
      ["file", "fil"],
      [at("scores.csv"), at("other.csv")],
    ]);
    const { code, stderr } = await tsrsa(args().map((arg) => others.get(arg) ?? arg));
    expect([code, stderr.trim()]).toEqual([2, 'tsrsa: unknown column "fil"; did you mean "file"?']);
  });

  test("a missing option is wrong usage", async () => {
    expect(await tsrsa(["rsa-epochs", file, "--model", at("m1.npy")])).toMatchObject({ code: 2 });
  });

  test("a number that is none is wrong usage", async () => {
    const { code, stderr } = await tsrsa(args("--tmin", "soon"));
    expect([code, stderr]).toEqual([2, 'tsrsa: --tmin takes a number, not "soon"\n']);
  });
});

describe("the command itself", () => {
  test("--version and --help", async () => {
    expect((await tsrsa(["--version"])).stdout).toMatch(/^tsrsa \d+\.\d+\.\d+\n$/);
    const { code, stdout } = await tsrsa(["--help"]);
    expect(code).toBe(0);
    for (const command of ["run", "rdm", "rsa", "rsa-epochs", "data"])
      expect(stdout).toContain(`  ${command} `);
  });

  test("an unknown command is wrong usage", async () => {
    expect(await tsrsa(["rdn"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("data list names every data set with its licence", async () => {
    const { code, stdout } = await tsrsa(["data", "list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/eeg-priming\n.*\n {2}licence: BSD-3-Clause/);
    expect(stdout).toMatch(/meg-faces\n/);
  });

  test("an unknown data set meets the right one", async () => {
    expect(await tsrsa(["data", "where", "meg-face"])).toMatchObject({
      code: 2,
      stderr: 'tsrsa: unknown data set "meg-face"; did you mean "meg-faces"?\n',
    });
  });
});
