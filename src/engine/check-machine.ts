import { codeFingerprint, thisMachine } from "#platform/machine";
import { arithmeticProbe } from "./arithmetic-probe.ts";
import { OtherMachine } from "./errors.ts";
import type { Plan } from "./plan.ts";

/**
 * Refuse to compute blocks of a plan where other numbers could come out: other code, another Node, another
 * architecture, or a processor on which `exp` and its like give other digits. Throws `OtherMachine`.
 */
export function checkMachine(plan: Plan): void {
  const { node, arch } = thisMachine();
  refuse("Node", plan.node, node);
  refuse("the architecture", plan.arch, arch);
  refuse("the code of tsrsa", plan.code, codeFingerprint());
  refuse("the arithmetic", plan.arithmetic, arithmeticProbe());
}

function refuse(what: string, planned: string, found: string): void {
  if (planned !== found) throw new OtherMachine(what, planned, found);
}
