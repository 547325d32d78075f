import process from "node:process";
import type { Magic } from "./magic.ts";

export const time: Magic = {
  name: "time",
  summary: "tell how long the expression, or the cell, takes",
  run: async ({ body, print }) => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    try {
      return await body();
    } finally {
      const wall = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      print(`Wall time: ${duration(wall)} (CPU time: ${duration((user + system) / 1000)})\n`);
    }
  },
};

/** A length of time in the unit that suits it. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(3)} s`;
  if (ms >= 1) return `${ms.toPrecision(3)} ms`;
  return ms >= 0.001 ? `${(ms * 1000).toPrecision(3)} µs` : `${(ms * 1e6).toPrecision(3)} ns`;
}
