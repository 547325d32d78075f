import type { OnnxNode } from "../../io/onnx/index.ts";

/** A tensor and the node that makes it. */
export interface Made {
  readonly tensor: string;
  readonly node: OnnxNode;
  /** Which output of the node it is. */
  readonly output: number;
}

/**
 * Short names of tensors, each once: `layer1.0.conv1` for `/layer1/layer1.0/conv1/Conv_output_0`. The operation stands
 * behind the name where it takes that to tell two apart, a number where that is not enough.
 */
export function layerNames(all: readonly Made[]): string[] {
  const parts = all.map(partsOf);
  const counts = countsOf(parts.map(({ module }) => module));
  const modules = parents(parts.map(({ module }) => module));
  const names = parts.map(({ module, full }) =>
    module !== "" && counts.get(module) === 1 && !modules.has(module) ? module : full,
  );
  return numbered(
    names.map((name, at) => (nodeGivesSeveral(all[at]) ? `${name}:${all[at].output}` : name)),
  );
}

/** A name without its operation, and with it. */
function partsOf({ tensor, node }: Made): { module: string; full: string } {
  const path =
    node.name === "" ? tensor.replace(/_output_\d+$/, "").replace(/:\d+$/, "") : node.name;
  const steps = withoutRepeats(path.split("/").filter((step) => step !== ""));
  const last = steps.at(-1) ?? "";
  const isOperation = last.replace(/_\d+$/, "") === node.op;
  const full = steps.join(".");
  // Numbers alone say nothing to a reader.
  if (!/[a-z]/i.test(full)) return { module: `${node.op}_${full}`, full: `${node.op}_${full}` };
  return { module: isOperation ? steps.slice(0, -1).join(".") : full, full };
}

/** Exporters write `layer1/layer1.0`: the first is in the second. */
function withoutRepeats(steps: readonly string[]): string[] {
  return steps.filter((step, at) => !(steps[at + 1] ?? "").startsWith(`${step}.`));
}

/** Names that others begin with: in their order such a one stands right before them. */
function parents(modules: readonly string[]): Set<string> {
  const sorted = [...new Set(modules)].map((module) => `${module}.`).sort();
  const found = sorted.filter((module, at) => sorted.at(at + 1)?.startsWith(module));
  return new Set(found.map((module) => module.slice(0, -1)));
}

function nodeGivesSeveral({ node: { outputs } }: Made): boolean {
  const isNamed = (name: string): boolean => name !== "";
  return outputs.find(isNamed) !== outputs.findLast(isNamed);
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Names that are twice with a number behind: one that no other name has, so that each is there once. */
function numbered(names: readonly string[]): string[] {
  const counts = countsOf(names);
  const taken = new Set(names);
  const last = new Map<string, number>();
  return names.map((name) => {
    if (counts.get(name) === 1) return name;
    let number = (last.get(name) ?? 0) + 1;
    while (taken.has(`${name}#${number}`)) number++;
    last.set(name, number);
    return `${name}#${number}`;
  });
}
