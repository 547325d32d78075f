// Waits until other programs leave the cores alone.
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { QUIET } from "./page.mjs";

const LOOK_MS = 2000;
const MOST_LOOKS = 60;

/** How many cores others kept busy in the two seconds before, when that became little or patience ended. */
export async function quietCores() {
  let busy = await busyCores();
  for (let look = 1; busy > QUIET && look < MOST_LOOKS; look++) busy = await busyCores();
  return busy;
}

async function busyCores() {
  const before = spent();
  await sleep(LOOK_MS);
  const after = spent();
  const share = (after.busy - before.busy) / (after.all - before.all);
  return share * cpus().length;
}

function spent() {
  const times = cpus().map(({ times }) => times);
  const all = sum(times.flatMap((one) => Object.values(one)));
  return { all, busy: all - sum(times.map(({ idle }) => idle)) };
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
