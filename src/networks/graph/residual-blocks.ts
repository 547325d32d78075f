import type { NetworkLayer } from "../network.ts";

/**
 * Ends of residual blocks: sums of two tensors of the image of one shape, one of which the other is made of, too; the
 * Relu behind such a sum where one follows. Blocks of transformers end in every second sum (attention, then units).
 */
export function residualBlocks(layers: readonly NetworkLayer[]): NetworkLayer[] {
  const byTensor = new Map(layers.map((layer) => [layer.tensor, layer]));
  const sums = layers.filter((layer) => isResidualSum(layer, byTensor));
  const ofTokens = sums.filter(({ layout, shape }) => layout === "tokens" || shape?.length === 3);
  const ends = sums.filter((sum) => !ofTokens.includes(sum) || ofTokens.indexOf(sum) % 2 === 1);
  return ends.map((sum) => activated(sum, layers));
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

/** The Relu that follows a sum. */
function activated(sum: NetworkLayer, layers: readonly NetworkLayer[]): NetworkLayer {
  const next = layers.filter(({ inputs }) => inputs.includes(sum.tensor));
  return next.find(({ op }) => op === "Relu" || op === "PRelu") ?? sum;
}
