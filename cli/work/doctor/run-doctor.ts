import { packageVersion } from "../../package-version.ts";
import { WorkFailed } from "../../usage-error.ts";
import type { Finding } from "./finding.ts";
import { jupyterFinding } from "./jupyter.ts";
import { analysisFinding, kernelsFinding } from "./library.ts";
import { dataFinding, machineFinding, nodeFinding, settingsFinding } from "./machine.ts";
import { nativeFindings, optionalFindings } from "./packages.ts";

const marks: Record<Finding["state"], string> = {
  ok: "ok      ",
  note: "note    ",
  problem: "PROBLEM ",
};

/** Look at everything and print what was found. Throws `WorkFailed` when something will fail. */
export async function runDoctor({ json }: { json?: true }): Promise<void> {
  const findings = await findAll();
  if (json === true) console.log(JSON.stringify({ version: packageVersion(), findings }));
  else console.log([`tsrsa ${packageVersion()}`, ...findings.map(lineOf)].join("\n"));
  const problems = findings.filter(({ state }) => state === "problem").map(({ name }) => name);
  if (problems.length > 0) throw new WorkFailed(`these will not work: ${problems.join(", ")}`);
}

async function findAll(): Promise<Finding[]> {
  return [
    nodeFinding(),
    machineFinding(),
    await kernelsFinding(),
    analysisFinding(),
    ...(await nativeFindings()),
    await dataFinding(),
    settingsFinding(),
    jupyterFinding(),
    ...optionalFindings(),
  ];
}

function lineOf({ name, state, found, advice }: Finding): string {
  const todo = advice === undefined ? "" : `\n          ${advice}`;
  return `${marks[state]}  ${name}: ${found}${todo}`;
}
