import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import { isRecord } from "../core/gate/kinds.ts";
import { residualBlocks } from "./graph/residual-blocks.ts";
import type { Network, NetworkLayer } from "./network.ts";

/**
 * Which layers: `stages` (the last map of each size, and what blocks come behind all maps: of a transformer all its
 * blocks), `blocks` (the sums that end residual blocks and blocks of transformers), `all`, all of one operation, or
 * names: short ones, tensors', or patterns as `layer*.relu`.
 */
export type LayerChoice = "stages" | "blocks" | "all" | readonly string[] | { readonly op: string };

/**
 * The layers that a choice means, in the order of the graph.
 *
 * @throws UnknownOption for a name or operation that is not there; InvalidArgument for a choice of none.
 * @example
 * import { chooseLayers, openNetwork } from "tsrsa";
 * import { onnxBytes } from "tsrsa/io";
 * const nodes = ["a", "b"].map((name, at) => ({ op: "Relu", name, inputs: [at === 0 ? "image" : "a"], outputs: [name] }));
 * const network = await openNetwork(onnxBytes({ nodes, inputs: { image: ["N", 3, 4, 4] }, outputs: ["b"] }));
 * chooseLayers(network, { op: "Relu" }).map(({ name }) => name); // [ 'a', 'b' ]
 */
export function chooseLayers(network: Network, choice: LayerChoice = "stages"): NetworkLayer[] {
  const found = chosen(network, choice);
  if (found.length > 0) return [...new Set(found)].sort((a, b) => a.index - b.index);
  throw new InvalidArgument(
    "layers",
    choice,
    `${network.name} has none of these; name some of ${firstNames(network)}`,
  );
}

/** Whether a choice means a layer by its own name, not among others by a pattern or a kind. */
export function isNamedBy(choice: LayerChoice | undefined, layer: NetworkLayer): boolean {
  const names: readonly unknown[] = Array.isArray(choice) ? choice : [choice];
  return [layer.name, layer.tensor, layer.node].some((name) => name !== "" && names.includes(name));
}

function chosen(network: Network, choice: unknown): NetworkLayer[] {
  const { layers } = network;
  if (choice === "all") return [...layers];
  if (choice === "stages") return stages(network);
  if (choice === "blocks") return residualBlocks(layers);
  if (Array.isArray(choice)) return choice.flatMap((name: unknown) => byName(network, name));
  if (isRecord(choice) && "op" in choice) return ofOperation(network, choice.op);
  if (typeof choice === "string") return byName(network, choice);
  throw new InvalidArgument(
    "layers",
    choice,
    'give "stages", "blocks", "all", a list of names, or { op: "Relu" }',
  );
}

function byName(network: Network, name: unknown): NetworkLayer[] {
  if (typeof name !== "string")
    throw new InvalidArgument("layers", name, "give names of layers as texts");
  const exact = network.layers.some((layer) => layer.tensor === name || layer.name === name);
  if (exact || !name.includes("*")) return [network.layer(name)];
  const pattern = new RegExp(
    `^${name
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  const found = network.layers.filter((layer) => pattern.test(layer.name));
  if (found.length > 0) return found;
  throw new UnknownOption(
    "layer",
    name,
    network.layers.map((layer) => layer.name),
  );
}

function ofOperation({ layers }: Network, op: unknown): NetworkLayer[] {
  const found = layers.filter((layer) => layer.op === op);
  if (found.length > 0) return found;
  throw new UnknownOption("operation", op, [...new Set(layers.map((layer) => layer.op))].sort());
}

/**
 * The last map of each size, of those that weights have made, and the blocks behind all of them; blocks alone where maps
 * have one size, or where sizes are not known before running; without blocks the map and the outputs that weights make of it.
 */
function stages(network: Network): NetworkLayer[] {
  const maps = lastMaps(network.layers);
  const blocks = residualBlocks(network.layers);
  const deepest = maps.reduce((most, { index }) => Math.max(most, index), -1);
  if (maps.length > 1) return [...maps, ...blocks.filter(({ index }) => index > deepest)];
  if (blocks.length > 0) return blocks;
  const outputs = network.layers.filter(({ tensor }) => network.outputs.includes(tensor));
  return [...maps, ...outputs.filter(({ depth }) => depth > (maps[0]?.depth ?? -1))];
}

/** Operations that make a map of another size of the very numbers of one before. */
const ofOtherSize = new Set("Slice Split Pad Gather Expand Tile Resize Upsample".split(" "));

function lastMaps(layers: readonly NetworkLayer[]): NetworkLayer[] {
  const last = new Map<string, NetworkLayer>();
  for (const layer of layers) {
    const size = layer.depth === 0 || ofOtherSize.has(layer.op) ? undefined : sizeOfMap(layer);
    if (size !== undefined) last.set(size, layer);
  }
  const maps = [...last.values()];
  // Places that are laid behind one another are no size of their own beside those of planes.
  const planes = maps.filter(({ shape }) => shape?.length !== 3);
  return planes.length > 0 ? planes : maps;
}

/** Undefined for what is no map, or one of a single place: its numbers are the mean of the map before, most often. */
function sizeOfMap({ shape, layout }: NetworkLayer): string | undefined {
  if (shape === undefined || shape.length < 3) return undefined;
  if (layout !== "channels-first" && layout !== "channels-last") return undefined;
  const places = layout === "channels-first" ? shape.slice(2) : shape.slice(1, -1);
  const isKnown = places.every((length) => typeof length === "number");
  return isKnown && places.some((length) => length !== 1) ? places.join() : undefined;
}

function firstNames({ layers }: Network): string {
  return layers
    .slice(0, 5)
    .map(({ name }) => name)
    .join(", ");
}
