// Activations of small networks in a page: every layer against what Python's runtime made, and images prepared there
// against Pillow's. The page imports the module below; check-browser.mjs serves it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where onnxruntime-web is installed beside the checkout; undefined when it is not. */
export function runtimeFolder() {
  const folder = join(process.env.TSRSA_BESIDE ?? "", "node_modules/onnxruntime-web/dist");
  return process.env.TSRSA_BESIDE !== undefined && existsSync(folder) ? folder : undefined;
}

/** The file of the runtime that is in one piece but for its WebAssembly. */
export const runtimeEntry = "ort.wasm.bundle.min.mjs";

/** What the page does: a sentence for each layer or picture that is not what it should be, and how many were. */
export const activationWork = `
import { activations, openNetwork, prepareImage, preparation, readImage, readNpz, asMatrix } from "tsrsa";

const at = (name) => new URL("/test/fixtures/onnx/" + name, location.href).href;

function limits(model, dtype) {
  if (model === "half") return [2e-3, 2e-3];
  return dtype === "uint8" || dtype === "int8" ? [0, 1] : [1e-4, 1e-5];
}

async function layersOf(model, { inputs, tensors }, arrays) {
  const network = await openNetwork(at(model + ".onnx"));
  const [image, ...others] = inputs;
  const given = Object.fromEntries(others.map(({ name, key }) => [name, asMatrix(arrays.get(key))]));
  const result = await activations(network, asMatrix(arrays.get(image.key)), {
    layers: "all", pool: "none", inputs: given, onProgress: false,
  });
  const wrong = result.layers.flatMap(({ layer, patterns }) => {
    const { key, dtype } = tensors.find(({ tensor }) => tensor === layer.tensor);
    const wanted = asMatrix(arrays.get(key)).data;
    const [rtol, atol] = limits(model, dtype);
    const good = patterns.data.length === wanted.length &&
      patterns.data.every((value, k) => Math.abs(value - wanted[k]) <= atol + rtol * Math.abs(wanted[k]));
    return good ? [] : [model + " " + layer.name];
  });
  return { count: result.layers.length, wrong, runtime: result.record.runtime };
}

async function sha256(data) {
  const hash = await crypto.subtle.digest("SHA-256", data);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function run(models, pictures) {
  const arrays = await readNpz(at("activations.npz"));
  const all = [];
  for (const [model, reference] of Object.entries(models)) all.push(await layersOf(model, reference, arrays));
  const external = await layersOf("convnet-external", models.convnet, arrays);
  const unlike = [];
  for (const { file, recipe, size, float32 } of pictures) {
    const image = await readImage(new URL("/test/fixtures/network-images/" + file, location.href).href);
    const prepared = prepareImage(image, preparation(recipe, size));
    if ((await sha256(prepared.data)) !== float32) unlike.push(file + " " + recipe);
  }
  return {
    layers: [...all, external].reduce((sum, { count }) => sum + count, 0),
    wrong: [...all, external].flatMap(({ wrong }) => wrong),
    runtime: external.runtime, pictures: pictures.length, unlike,
  };
}
`;

/** Models and pictures of the references; of the pictures those that every browser decodes without loss. */
export function activationCases(root) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
  const { images } = read("test/reference/networks/prepared.json");
  const recipes = { imagenet: "imagenet", "clip-hf": "clip" };
  const pictures = Object.entries(images).flatMap(([file, { recipes: all, mode }]) =>
    /\.(png|bmp)$/.test(file) && ["RGB", "L", "P", "1"].includes(mode) && !/transparent/.test(file)
      ? Object.entries(recipes).map(([key, recipe]) => ({
          file,
          recipe,
          size: all[key].size,
          float32: all[key].float32,
        }))
      : [],
  );
  return { models: read("test/fixtures/onnx/models.json"), pictures };
}

/** What has to hold, by sentence. */
export function activationChecks({ layers, wrong, runtime, pictures, unlike }) {
  if (wrong.length > 0) console.log(`other activations: ${wrong.join(", ")}`);
  if (unlike.length > 0) console.log(`prepared otherwise: ${unlike.join(", ")}`);
  return {
    [`${layers} layers of small networks are what they are in Python (${runtime})`]:
      layers > 150 && wrong.length === 0,
    [`${pictures} images are prepared to Node's and Pillow's very numbers`]:
      pictures > 10 && unlike.length === 0,
  };
}
