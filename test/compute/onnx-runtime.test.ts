import { expect, test } from "vitest";
import { firstRuntime, loadOnnx } from "../../src/compute/onnx-runtime.ts";

const names = ["onnxruntime-node", "onnxruntime-web"];
const runtime = { InferenceSession: {}, Tensor: class {} };

/** What Node says of a package that is not there. */
function absent(name: string): Error {
  const error = new Error(`Cannot find package '${name}' imported from /app/x.js`);
  return Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
}

const loading = (what: Readonly<Record<string, unknown>>) => (name: string) =>
  what[name] instanceof Error
    ? Promise.reject(what[name])
    : name in what
      ? Promise.resolve(what[name])
      : Promise.reject(absent(name));

test("the first package that is there is taken, with or without a default export", async () => {
  expect(await firstRuntime(names, loading({ "onnxruntime-web": runtime }))).toBe(runtime);
  expect(await firstRuntime(names, loading({ "onnxruntime-node": { default: runtime } }))).toBe(
    runtime,
  );
  expect(await loadOnnx(runtime as never)).toBe(runtime);
  await expect(loadOnnx({} as never)).rejects.toThrow("give the module itself");
});

test("none there: what to install, without scripts that would fetch more", async () => {
  await expect(firstRuntime(names, loading({}))).rejects.toMatchObject({
    code: "MISSING_PACKAGE",
    message: expect.stringContaining(
      "npm install --no-save --ignore-scripts onnxruntime-node@",
    ) as string,
  });
  // In a page, which has no codes.
  const unmapped = new TypeError("Failed to resolve module specifier");
  await expect(
    firstRuntime(["onnxruntime-web"], loading({ "onnxruntime-web": unmapped })),
  ).rejects.toMatchObject({ code: "MISSING_PACKAGE" });
});

test("one that is there and does not load is not called missing", async () => {
  const noLibrary = new Error("Cannot open shared object file");
  const found = firstRuntime(names, loading({ "onnxruntime-node": noLibrary }));
  await expect(found).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: expect.stringMatching(
      /onnxruntime-node is installed, but does not load: Cannot open.*onnxruntime-web@/,
    ) as string,
    cause: noLibrary,
  });
  // A part of it is missing.
  const noPart = absent("onnxruntime-common");
  await expect(firstRuntime(names, loading({ "onnxruntime-node": noPart }))).rejects.toMatchObject({
    code: "UNSUPPORTED",
  });
  // Beside one that loads it does no harm: an Intel Mac.
  const both = { "onnxruntime-node": noLibrary, "onnxruntime-web": runtime };
  expect(await firstRuntime(names, loading(both))).toBe(runtime);
});
