import { capture } from "../../executor/magics/capture.ts";
import { lsmagic } from "../../executor/magics/lsmagic.ts";
import type { Magic } from "../../executor/magics/magic.ts";
import { reset } from "../../executor/magics/reset.ts";
import { strict } from "../../executor/magics/strict.ts";
import { time } from "../../executor/magics/time.ts";
import { timeit } from "../../executor/magics/timeit.ts";
import { who } from "../../executor/magics/who.ts";

const others: readonly Magic[] = [capture, reset, strict, time, timeit, who];

/** The magics that a page has. */
export const magics: readonly Magic[] = [...others, lsmagic(others)];
