import { autoreload } from "../../executor/magics/autoreload.ts";
import { capture } from "../../executor/magics/capture.ts";
import { checkpoint } from "../../executor/magics/checkpoint.ts";
import { env } from "../../executor/magics/env.ts";
import { load } from "../../executor/magics/load.ts";
import { lsmagic } from "../../executor/magics/lsmagic.ts";
import type { Magic } from "../../executor/magics/magic.ts";
import { npm } from "../../executor/magics/npm.ts";
import { reset } from "../../executor/magics/reset.ts";
import { restore } from "../../executor/magics/restore.ts";
import { strict } from "../../executor/magics/strict.ts";
import { time } from "../../executor/magics/time.ts";
import { timeit } from "../../executor/magics/timeit.ts";
import { who } from "../../executor/magics/who.ts";

const others: readonly Magic[] = [
  autoreload,
  capture,
  checkpoint,
  env,
  load,
  npm,
  reset,
  restore,
  strict,
  time,
  timeit,
  who,
];

/** The magics there are. */
export const magics: readonly Magic[] = [...others, lsmagic(others)];
