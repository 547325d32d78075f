import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { jupyterFinding } from "../../cli/work/doctor/jupyter.ts";
import { dataFinding, nodeFinding, settingsFinding } from "../../cli/work/doctor/machine.ts";
import { optionalFindings } from "../../cli/work/doctor/packages.ts";
import { tsrsa } from "./tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("all is well here, and it says so", async () => {
  const { code, stdout } = await tsrsa(["doctor", "--json"], { env: { TSRSA_DATA_DIR: folder } });
  expect(code).toBe(0);
  const { findings } = JSON.parse(stdout) as { findings: { name: string; state: string }[] };
  const states = new Map(findings.map(({ name, state }) => [name, state]));
  for (const name of ["Node", "compute kernels", "a small analysis", "sharp", "data folder"])
    expect([name, states.get(name)]).toEqual([name, "ok"]);
});

test("a data folder that cannot be made is a problem, with what to do", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const { code, stdout, stderr } = await tsrsa(["doctor"], {
    env: { TSRSA_DATA_DIR: join(file, "below") },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/PROBLEM .*data folder.*\n +set TSRSA_DATA_DIR/);
  expect(stderr).toContain("these will not work: data folder");
});

test.each([
  ["20.18.3", "problem"],
  ["18.20.0", "problem"],
  ["20.19.0", "ok"],
  ["22.1.0", "ok"],
])("Node %s: %s", (version, state) => {
  expect(nodeFinding(version).state).toBe(state);
});

test("a proxy is named, its address (which may hold a password) is not", () => {
  const { found } = settingsFinding({ HTTPS_PROXY: "http://me:secret@proxy", TSRSA_OFFLINE: "1" });
  expect(found).toBe("TSRSA_OFFLINE=1, HTTPS_PROXY is set");
});

test("a kernel that is installed is found", async () => {
  expect(jupyterFinding([folder]).state).toBe("note");
  const spec = join(folder, "kernels", "tsrsa");
  mkdirSync(spec, { recursive: true });
  writeFileSync(join(spec, "kernel.json"), "{}");
  expect(jupyterFinding([folder]).found).toBe(join(spec, "kernel.json"));
  expect((await dataFinding(folder)).state).toBe("ok");
});

test("networks are there only when all their parts are; what is missing is named, of the version that is there", () => {
  const [all] = optionalFindings(() => true);
  expect([all.name, all.state]).toEqual(["TensorFlow.js", "ok"]);
  const [part] = optionalFindings((name) => !name.endsWith("wasm"));
  expect(part.state).toBe("note");
  expect(part.found).toContain("@tensorflow/tfjs-backend-wasm is not installed");
  expect(part.found).not.toContain("tfjs-core");
  expect(part.advice).toMatch(
    /npm install @tensorflow\/tfjs-core@(\d\S+) @tensorflow\/tfjs-layers@\1 @tensorflow\/tfjs-backend-wasm@\1$/,
  );
  const [none, onnx] = optionalFindings(() => false);
  expect(none.found).toContain("tfjs-core and @tensorflow/tfjs-layers and");
  expect(onnx.advice).toBe("to have it: npm install onnxruntime-node");
});
