// Chromium and the package that drives it, which are no dependencies: TSRSA_CHROMIUM names the one, and the other is found
// here or in the folder that TSRSA_BESIDE names (npm install --prefix FOLDER playwright-core@1.65.1).
import { createRequire } from "node:module";
import { join } from "node:path";

/** The browser's path and its driver; where one is lacking, says so and ends the process well. */
export function findChromium() {
  const executablePath = process.env.TSRSA_CHROMIUM ?? "";
  if (executablePath === "") skip("TSRSA_CHROMIUM names no browser");
  for (const folder of [import.meta.dirname, process.env.TSRSA_BESIDE ?? ""]) {
    try {
      const { chromium } = createRequire(join(folder, "x.js"))("playwright-core");
      return { executablePath, chromium };
    } catch {
      continue;
    }
  }
  return skip("playwright-core is not installed; TSRSA_BESIDE may name a folder that has it");
}

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}
