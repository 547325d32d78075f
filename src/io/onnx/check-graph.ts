import { sample } from "../../core/errors.ts";
import type { OnnxGraph, OnnxNode } from "./types.ts";
import { damaged } from "./wire.ts";

/**
 * A graph that can be run in some order: every tensor is made once, everything that is used is made or given, nothing
 * is made of itself. Throws `FileFormatError`.
 *
 * @returns the graph with its nodes in an order in which they can be run.
 */
export function checkedGraph(graph: OnnxGraph, file: string): OnnxGraph {
  const madeBy = makers(graph, file);
  const known = new Set([...graph.weights.keys(), ...graph.inputs.map(({ name }) => name)]);
  for (const node of graph.nodes)
    for (const name of usedBy(node))
      if (!known.has(name) && !madeBy.has(name))
        throw damaged(
          { file },
          titleOf(node),
          `its input ${JSON.stringify(name)} in the graph`,
          "none",
        );
  for (const { name } of graph.outputs)
    if (!known.has(name) && !madeBy.has(name))
      throw damaged({ file }, "outputs", `something that makes ${JSON.stringify(name)}`, "nothing");
  return { ...graph, nodes: inRunOrder(graph.nodes, madeBy, file) };
}

function makers({ nodes, weights, inputs }: OnnxGraph, file: string): Map<string, number> {
  const given = new Set([...weights.keys(), ...inputs.map(({ name }) => name)]);
  const madeBy = new Map<string, number>();
  nodes.forEach((node, at) => {
    for (const name of node.outputs) {
      if (name === "") continue;
      if (given.has(name) || madeBy.has(name))
        throw damaged({ file }, titleOf(node), "each tensor made once", JSON.stringify(name));
      madeBy.set(name, at);
    }
  });
  return madeBy;
}

/** Places of nodes so that each comes behind those it needs: as they are in the file, where that is so already. */
function inRunOrder(
  nodes: readonly OnnxNode[],
  madeBy: ReadonlyMap<string, number>,
  file: string,
): OnnxNode[] {
  if (isOrdered(nodes, madeBy)) return [...nodes];
  const waiting = new Int32Array(nodes.length);
  const waiters: number[][] = nodes.map(() => []);
  nodes.forEach((node, at) => {
    for (const name of usedBy(node)) {
      const maker = madeBy.get(name);
      if (maker === undefined) continue;
      waiting[at]++;
      waiters[maker].push(at);
    }
  });
  const ready = [...waiting.keys()].filter((at) => waiting[at] === 0);
  for (const at of ready)
    for (const next of waiters[at]) if (--waiting[next] === 0) ready.push(next);
  if (ready.length === nodes.length) return ready.map((at) => nodes[at]);
  const stuck = nodes.filter((_, at) => waiting[at] > 0).map(titleOf);
  throw damaged(
    { file },
    "the graph",
    "no tensor to be made of itself",
    `a circle: ${sample(stuck)}`,
  );
}

function isOrdered(nodes: readonly OnnxNode[], madeBy: ReadonlyMap<string, number>): boolean {
  return nodes.every((node, at) => usedBy(node).every((name) => (madeBy.get(name) ?? -1) < at));
}

function usedBy({ inputs, captured }: OnnxNode): string[] {
  return [...inputs.filter((name) => name !== ""), ...captured];
}

function titleOf({ name, op, outputs }: OnnxNode): string {
  return `${op} ${name === "" ? outputs[0] : name}`;
}
