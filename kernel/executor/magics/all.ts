import { autoreload } from "./autoreload.ts";
import { capture } from "./capture.ts";
import { checkpoint } from "./checkpoint.ts";
import { env } from "./env.ts";
import { load } from "./load.ts";
import { lsmagic } from "./lsmagic.ts";
import type { Magic } from "./magic.ts";
import { npm } from "./npm.ts";
import { reset } from "./reset.ts";
import { restore } from "./restore.ts";
import { strict } from "./strict.ts";
import { time } from "./time.ts";
import { timeit } from "./timeit.ts";
import { who } from "./who.ts";

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
