import type { NetworkLayer } from "../network.ts";

/**
 * Ends of residual blocks: sums of two tensors of the image of one shape, one of which the other is made of, too; the
 * Relu behind such a sum where one follows. Blocks of transformers end in every second sum (attention, then units).
 */
export function residualBlocks(layers: readonly NetworkLayer[]): NetworkLayer[] {
  const byTensor = new Map(layers.map((layer) => [layer.tensor, layer]));
  const sums = layers.filter((layer) => isResidualSum(layer, byTensor));
  let nOfTokens = 0;
  const ends = sums.filter((sum) => !isOfTokens(sum) || nOfTokens++ % 2 === 1);
  const relus = relusBehind(layers);
  return ends.map((sum) => relus.get(sum.tensor) ?? sum);
}

function isResidualSum(
  { op, inputs, shape }: NetworkLayer,
  byTensor: ReadonlyMap<string, NetworkLayer>,
): boolean {
  const [a, b] = inputs.map((tensor) => byTensor.get(tensor));
  if (op !== "Add" || inputs.length !== 2 || a === undefined || b === undefined) return false;
  const rank = shape?.length;
  return a.shape?.length === rank && b.shape?.length === rank && (rank === undefined || rank > 2);
}

function isOfTokens({ layout, shape }: NetworkLayer): boolean {
  return layout === "tokens" || shape?.length === 3;
}

/** The first Relu that takes a tensor, by the tensor. */
function relusBehind(layers: readonly NetworkLayer[]): Map<string, NetworkLayer> {
  const found = new Map<string, NetworkLayer>();
  for (const layer of layers)
    if (layer.op === "Relu" || layer.op === "PRelu")
      for (const input of layer.inputs) if (!found.has(input)) found.set(input, layer);
  return found;
}
