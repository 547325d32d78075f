import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { onTwin } from "../cli/figure/answer.ts";
import { root, tsrsa } from "../cli/tsrsa.ts";
import { rawZip } from "../data-fetch/archives.ts";
import { FaultyServer, honest } from "../data-fetch/faulty-server.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-notebooks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notebooks = readdirSync(join(root, "notebooks")).filter((name) => /^\d\d-.*\.ts$/.test(name));
const recording = join(root, "../shared/real-data/eeg-epochs-priming");

interface RunRecord {
  readonly status: string;
  readonly results: Record<string, unknown>;
  readonly claims: { readonly checked: number; readonly failed: readonly string[] };
  readonly exercises: { readonly passed: string[]; readonly failed: string[] };
  readonly figures: string[];
  readonly data: { readonly path: string; readonly sha256: string; readonly bytes: number }[];
}

interface Peak {
  readonly timeS: number;
  readonly score: number;
}

async function run(name: string, ...args: string[]): Promise<{ record: RunRecord; out: string }> {
  return runWith({}, name, ...args);
}

async function runWith(
  env: NodeJS.ProcessEnv,
  name: string,
  ...args: string[]
): Promise<{ record: RunRecord; out: string }> {
  const out = join(folder, `${name}-${args.length}`);
  const { code, stderr } = await tsrsa(
    ["run", "--no-check", join("notebooks", name), "--out", out, ...args],
    {
      env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1", ...env },
    },
  );
  expect([code, stderr]).toEqual([0, ""]);
  return { record: JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord, out };
}

test("every notebook is in step with its .ipynb", async () => {
  expect(notebooks.length).toBeGreaterThan(1);
  expect(
    await tsrsa(["nb", "sync", "--check", ...notebooks.map((name) => join("notebooks", name))]),
  ).toMatchObject({ code: 0 });
});

describe("each notebook runs headless on demo data", () => {
  test("00-first-rsa, which has no connection here, says so and finds the planted effect", async () => {
    const { record, out } = await run("00-first-rsa");
    expect(record.status).toBe("ok");
    const peak = record.results["peak of related or not"] as Peak;
    expect(peak.timeS).toBeGreaterThan(0.3);
    expect(peak.timeS).toBeLessThan(0.55);
    const notebook = JSON.parse(readFileSync(join(out, "00-first-rsa.ipynb"), "utf8")) as Ipynb;
    expect(checkNotebook(notebook)).toEqual([]);
    expect(JSON.stringify(notebook)).toContain("could not be fetched");
    expect(record.figures).toContain("figure-01.csv");
    expect(record.exercises).toMatchObject({ passed: { length: 5 }, failed: [] });
  });

  test("01-sensor-level-meg finds pixels before the network", async () => {
    const { record, out } = await run("01-sensor-level-meg");
    const [pixels, network] = ["pixels", "FaceNet"].map(
      (model) => record.results[`peak of ${model}`] as Peak,
    );
    expect(pixels.timeS).toBeLessThan(network.timeS - 0.1);
    expect(record.figures.filter((name) => name.endsWith(".svg"))).toHaveLength(12);
    expect(record.exercises).toMatchObject({ passed: { length: 5 }, failed: [] });
    const page = readFileSync(join(out, "01-sensor-level-meg.html"), "utf8");
    // Every file that was read, each once: 450 pictures, the embeddings, the recording, the scores of 16 people.
    expect(new Set(record.data.map(({ path }) => basename(path))).size).toBe(468);
    expect(record.data.every(({ sha256, bytes }) => sha256.length === 64 && bytes > 0)).toBe(true);
    expect(page).toContain("1 item is missing (&quot;f001.bmp&quot;)");
    expect(
      checkNotebook(
        JSON.parse(readFileSync(join(out, "01-sensor-level-meg.ipynb"), "utf8")) as Ipynb,
      ),
    ).toEqual([]);
    // The figure of this original counts and computes the same.
    const numbers = await onTwin("mne-rsa-tutorial-1", join(folder, "data/demo/meg-faces-v4"));
    expect(numbers.get("epochs")).toBe(879);
    expect(numbers.get("ρ of MEG and pixels, 0.1 to 0.2 s")).toBe(
      record.results["ρ with pixels, 0.1 to 0.2 s"],
    );
    expect(numbers.get("peak of pixels, left occipital gradiometers, s")).toBe(pixels.timeS);
  });

  test("09-time-frequency-and-fusion finds what is planted: a rhythm, two regions in turn, each model alone", async () => {
    const { record, out } = await run("09-time-frequency-and-fusion");
    const { results } = record;
    expect(results["FaceNet in total power"]).toMatchObject({ freqHz: 25 });
    const [v1, ffa] = ["V1", "FFA"].map((name) => results[`peak of ${name}`] as Peak);
    expect(v1.timeS).toBeLessThan(ffa.timeS - 0.1);
    expect(results["pixels alone, lowest p"]).toBe(1 / 1024);
    expect(results["FaceNet alone at 0.14 s"]).toBeLessThan(0.05);
    expect(record.claims).toEqual({ checked: 11, failed: [] });
    expect(record.exercises).toMatchObject({ passed: { length: 6 }, failed: [] });
    expect(record.figures.filter((name) => name.endsWith(".svg"))).toHaveLength(15);
    const written = readFileSync(join(out, "09-time-frequency-and-fusion.ipynb"), "utf8");
    expect(checkNotebook(JSON.parse(written) as Ipynb)).toEqual([]);
  });
});

test("the student version of 00 runs to its end, and only its blanks are not done", async () => {
  const versions = join(folder, "student");
  expect(await tsrsa(["nb", "student", "notebooks/00-first-rsa", "--out", versions])).toMatchObject(
    { code: 0 },
  );
  const out = join(folder, "student-run");
  const args = ["run", join(versions, "00-first-rsa.ts"), "-p", "data=demo", "--out", out];
  const env = { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" };
  expect(await tsrsa([...args, "--no-check"], { env })).toMatchObject({ code: 0 });
  const { cells } = JSON.parse(readFileSync(join(out, "00-first-rsa.ipynb"), "utf8")) as Ipynb;
  const errors = cells.flatMap((cell) =>
    cell.cell_type === "code"
      ? (cell.outputs ?? []).flatMap((one) => ("ename" in one ? [one.ename] : []))
      : [],
  );
  expect(errors).toEqual(Array.from({ length: 5 }, () => "NotDone"));
});

test("tsrsa data fetch gets meg-faces from a server, and 01 runs on what it fetched", async () => {
  const demo = join(folder, "data/demo/meg-faces-v4");
  const members = readdirSync(demo, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(demo, name)).isFile())
    .map((name) => ({
      name: `data/${name.replaceAll("\\", "/")}`,
      bytes: readFileSync(join(demo, name)),
    }));
  const archive = rawZip(members);
  const server = new FaultyServer();
  // The connection is lost in the middle of the first answer.
  const url = await server.start(
    honest({ file: archive, cutAt: (n) => (n === 0 ? 1e6 : undefined) }),
  );
  const files = [
    {
      path: "rsa-data.zip",
      url: `${url}/rsa-data.zip`,
      md5: createHash("md5").update(archive).digest("hex"),
      unpack: { format: "zip", below: "data" },
    },
  ];
  const registry = join(folder, "registry.json");
  writeFileSync(registry, JSON.stringify([{ name: "meg-faces", files }]));
  const env = { TSRSA_DATA_DIR: join(folder, "fetched"), TSRSA_DATA_REGISTRY: registry };
  const fetched = await tsrsa(["data", "fetch", "meg-faces"], { env });
  expect(fetched).toMatchObject({ code: 0, stdout: `${join(folder, "fetched", "meg-faces")}\n` });
  expect(await tsrsa(["data", "verify", "meg-faces"], { env })).toMatchObject({ code: 0 });
  server.stop();
  const { record } = await runWith(env, "01-sensor-level-meg", "-p", "data=real");
  expect(record.status).toBe("ok");
  expect(record.data[0].path).toContain("fetched");
});

test.skipIf(!existsSync(recording))(
  "00-first-rsa on the real recording gives the peaks that scipy gives (skipped where shared/real-data is absent)",
  async () => {
    const { record } = await run("00-first-rsa", "-p", `data=${recording}`);
    const [label, strength] = ["related or not", "association strength"].map(
      (model) => record.results[`peak of ${model}`] as Peak,
    );
    expect(label.timeS).toBe(0.44);
    expect(Math.abs(label.score - 0.06453753275525834)).toBeLessThanOrEqual(1e-12);
    expect(strength.timeS).toBe(0.46);
    expect(Math.abs(strength.score - 0.08021153552374673)).toBeLessThanOrEqual(1e-12);
  },
);
