import { extname } from "node:path";
import { jupyterDisplay } from "../../src/core/display.ts";
import { plotPower } from "../../src/plot/power/plot-power.ts";
import type { PowerResult } from "../../src/simulate/power/power-result.ts";
import { rsaPower } from "../../src/simulate/power/rsa-power.ts";
import { writePath } from "#platform/files";
import type { PowerTestName } from "../../src/simulate/power/named-test.ts";
import type { CompareMethod } from "../../src/rsa/comparisons/registry.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { numberOption } from "../option-values.ts";
import { readRdm } from "../read-rdm.ts";
import { refuseClosedOutput } from "../standard-output.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa power`. */
export interface PowerArguments extends EngineArguments {
  readonly people: string;
  readonly items?: string;
  readonly runs?: string;
  readonly effect: string;
  readonly pilotRuns?: number;
  readonly channels: number;
  readonly personShare?: number;
  readonly signal?: number;
  readonly noise?: number;
  readonly person?: number;
  readonly test?: PowerTestName;
  readonly method?: CompareMethod;
  readonly alpha: number;
  readonly sets: number;
  readonly seed: number;
  readonly out?: string;
  readonly json?: true;
}

/** Simulate, print the table and the words, and write the figure or the table. */
export async function runPower(
  model: string,
  pilot: readonly string[],
  options: PowerArguments,
): Promise<void> {
  const { out, people, items, runs, effect, alpha, sets, seed, test, method } = options;
  const numbers = listOption;
  const plan = {
    people: numbers("--people", people),
    effect: numbers("--effect", effect),
    ...(items === undefined ? {} : { items: numbers("--items", items) }),
    ...(runs === undefined ? {} : { runs: numbers("--runs", runs) }),
  };
  if (out !== undefined) {
    if (![".svg", ".png", ".csv"].includes(extname(out).toLowerCase()))
      throw new UsageError(`--out takes a file that ends in .svg, .png or .csv, not ${out}`);
    await checkOutput(out, [model, pilot, options]);
  }
  const engine = engineOf(options, out ?? "power");
  refuseClosedOutput();
  const rdms = await Promise.all(pilot.map((path) => readRdm(path)));
  const { channels, pilotRuns, personShare, signal, noise, person } = options;
  const known = {
    ...{ model: await readRdm(model), nChannels: channels },
    ...(rdms.length === 0 ? {} : { rdms }),
    ...given({ runs: pilotRuns, personShare, signal, noise, person }),
  };
  const result = await rsaPower(known, {
    ...{ ...plan, alpha, sets, seed },
    ...given({ test, method, engine }),
    ...(options.json === true ? { onProgress: false as const } : {}),
  });
  if (out !== undefined) await write(out, result);
  console.log(options.json === true ? json(result) : textOf(result));
}

function listOption(option: string, text: string): number[] {
  return text.split(",").map((one) => numberOption(option)(one));
}

function given<Of extends object>(options: Of): Partial<Of> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Of>;
}

async function write(out: string, result: PowerResult): Promise<void> {
  const figure = plotPower(result);
  const ending = extname(out).toLowerCase();
  const content =
    ending === ".svg" ? figure.svg : ending === ".png" ? await figure.png() : csvOf(result);
  await writePath(out, [typeof content === "string" ? new TextEncoder().encode(content) : content]);
}

/** All plans, those too that the figure does not show. */
function csvOf(result: PowerResult): string {
  const table = result.toTable();
  const rows = table.rows().map((row) => table.names.map((name) => String(row[name])).join(","));
  return `${[table.names.join(","), ...rows].join("\n")}\n`;
}

function textOf(result: PowerResult): string {
  return String(result[jupyterDisplay]()["text/plain"]);
}

function json(result: PowerResult): string {
  const { sets, alpha, seed, test, notes, plans } = result;
  return JSON.stringify({ sets, alpha, seed, test, plans, words: result.words(), notes });
}
