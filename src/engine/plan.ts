import { codeFingerprint, sha256Of, thisMachine } from "#platform/machine";
import { FileFormatError } from "../core/errors.ts";
import { arithmeticProbe } from "./arithmetic-probe.ts";
import type { BlockJob } from "./block-work.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** An array on disk. */
export interface PlanInput {
  readonly sha256: string;
  /** Name of the typed array. */
  readonly kind: string;
  readonly bytes: number;
}

/** Everything that the numbers depend on. */
export interface PlanContent {
  readonly format: 1;
  readonly work: string;
  readonly workVersion: number;
  readonly parameters: Json;
  readonly inputs: Readonly<Record<string, PlanInput>>;
  readonly nUnits: number;
  readonly unitLength: number;
  readonly blockUnits: number;
  /** SHA-256 of the library's code, version of Node, architecture, and what `exp` and its like give there. */
  readonly code: string;
  readonly node: string;
  readonly arch: string;
  readonly arithmetic: string;
}

/** A plan of long work: the file that every process reads. */
export interface Plan extends PlanContent {
  /** SHA-256 of the content. */
  readonly id: string;
  readonly label: string;
  /** The command that made it, which also finishes it; undefined for a call of the library. */
  readonly command?: readonly string[];
  readonly workingFolder?: string;
}

/** The content of a plan made here and now. */
export function planContent(
  { work, parameters, nUnits, unitLength, blockUnits }: BlockJob,
  inputs: Readonly<Record<string, PlanInput>>,
): PlanContent {
  const { node, arch } = thisMachine();
  return {
    format: 1,
    work: work.name,
    workVersion: work.version,
    parameters,
    inputs,
    nUnits,
    unitLength,
    blockUnits,
    code: codeFingerprint(),
    node,
    arch,
    arithmetic: arithmeticProbe(),
  };
}

/** SHA-256 of what a plan says of the numbers. */
export function planId(content: PlanContent): string {
  return hashOf(contentOf(content) as unknown as Json);
}

/** Number of blocks of a plan. */
export function nBlocksOf({ nUnits, blockUnits }: PlanContent): number {
  return Math.ceil(nUnits / blockUnits);
}

/** Units of a block: first and the one after the last. */
export function unitsOf(plan: PlanContent, block: number): readonly [from: number, to: number] {
  const from = block * plan.blockUnits;
  return [from, Math.min(plan.nUnits, from + plan.blockUnits)];
}

/** What the files of a plan's blocks are called: the hash of what each depends on, and not of how many there are. */
export function blockKeys(plan: PlanContent): string[] {
  const { nUnits, blockUnits, ...rest } = contentOf(plan);
  const all = hashOf(rest as unknown as Json);
  return Array.from({ length: nBlocksOf({ ...rest, nUnits, blockUnits }) }, (_, block) => {
    const [from, to] = unitsOf(plan, block);
    return hashOf([all, from, to]);
  });
}

/** A plan from the text of its file. Throws `FileFormatError` for one that is damaged or was changed. */
export function parsePlan(text: string, file: string): Plan {
  const plan = parsed(text, file);
  if (plan.format !== 1) throw new FileFormatError(file, "format", "1", String(plan.format));
  const id = planId(plan);
  if (plan.id === id) return plan;
  throw new FileFormatError(file, "id", id, String(plan.id), {
    advice: "the plan was changed by hand: plan anew",
  });
}

function parsed(text: string, file: string): Plan {
  const wanted = ["inputs", "work", "nUnits", "unitLength", "blockUnits", "code", "parameters"];
  try {
    const plan: unknown = JSON.parse(text);
    if (typeof plan === "object" && plan !== null && wanted.every((name) => name in plan))
      return plan as Plan;
  } catch (cause) {
    throw new FileFormatError(file, "content", "a plan of tsrsa", "no JSON", { cause });
  }
  throw new FileFormatError(file, "content", "a plan of tsrsa", "other JSON");
}

function contentOf(plan: PlanContent): PlanContent {
  const { format, work, workVersion, parameters, inputs, nUnits, unitLength, blockUnits } = plan;
  const { code, node, arch, arithmetic } = plan;
  const numbers = { nUnits, unitLength, blockUnits };
  return {
    format,
    work,
    workVersion,
    parameters,
    inputs,
    ...numbers,
    code,
    node,
    arch,
    arithmetic,
  };
}

function hashOf(value: Json): string {
  return sha256Of([new TextEncoder().encode(canonicalJson(value))]);
}
