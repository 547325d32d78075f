import { driveRounds } from "../../../src/engine/drivers/drive-rounds.ts";
import { openSet } from "../../../src/engine/open-set.ts";
import { reporter } from "../../../src/core/progress.ts";
import type { EngineDriver } from "../../../src/engine/index.ts";
import { driverOf, type EngineArguments } from "../../engine-option.ts";
import { printStatus } from "./status.ts";

/** The options of `tsrsa submit`. */
export interface SubmitArguments extends EngineArguments {
  readonly engine: EngineDriver;
  readonly json?: true;
}

/** Have the missing blocks of all plans computed, in one job array, and wait until all are there. */
export async function runSubmit(target: string, options: SubmitArguments): Promise<void> {
  const set = await openSet(target);
  const line = reporter({}, "blocks", set.blocks.length);
  const engine = { ...driverOf(options), driver: options.engine, folder: set.folder.path };
  await driveRounds(set, engine, { onDone: (done) => line.update(done) });
  line.finish();
  await printStatus(target, options.json === true);
}
