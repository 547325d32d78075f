import { autoreload } from "../../executor/magics/autoreload.ts";
import { bash } from "../../executor/magics/bash.ts";
import { capture } from "../../executor/magics/capture.ts";
import { cd } from "../../executor/magics/cd.ts";
import { checkpoint } from "../../executor/magics/checkpoint.ts";
import { env } from "../../executor/magics/env.ts";
import { load } from "../../executor/magics/load.ts";
import { ls } from "../../executor/magics/ls.ts";
import { lsmagic } from "../../executor/magics/lsmagic.ts";
import type { Magic } from "../../executor/magics/magic.ts";
import { npm } from "../../executor/magics/npm.ts";
import { pwd } from "../../executor/magics/pwd.ts";
import { reset } from "../../executor/magics/reset.ts";
import { restore } from "../../executor/magics/restore.ts";
import { strict } from "../../executor/magics/strict.ts";
import { time } from "../../executor/magics/time.ts";
import { timeit } from "../../executor/magics/timeit.ts";
import { who } from "../../executor/magics/who.ts";

const others: readonly Magic[] = [
  autoreload,
  bash,
  capture,
  cd,
  checkpoint,
  env,
  load,
  ls,
  npm,
  pwd,
  reset,
  restore,
  strict,
  time,
  timeit,
  who,
];

/** The magics there are. */
export const magics: readonly Magic[] = [...others, lsmagic(others)];
