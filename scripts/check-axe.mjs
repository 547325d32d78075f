// What axe-core finds in a page: it is no dependency, and is looked for beside as the browser's driver is (chromium.mjs).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

let source;
for (const folder of [import.meta.dirname, process.env.TSRSA_BESIDE ?? ""]) {
  try {
    source ??= readFileSync(
      createRequire(join(folder, "x.js")).resolve("axe-core/axe.min.js"),
      "utf8",
    );
  } catch {
    continue;
  }
}
if (source === undefined) console.log("skipped: axe-core is not installed beside");

/** Tells `check` whether a page can be used by all: no finding of axe-core that is serious. */
export async function checkAccess(page, name, check) {
  if (source === undefined) return;
  await page.evaluate(`{ ${source} }`);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { iframes: false });
    return violations.map(({ id, impact, nodes }) => ({
      words: `${impact} ${id} × ${nodes.length}: ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`,
      isSerious: impact === "serious" || impact === "critical",
    }));
  });
  for (const { words, isSerious } of found) if (!isSerious) console.log(`  axe: ${words}`);
  const serious = found.filter(({ isSerious }) => isSerious);
  check(
    `axe finds nothing serious: ${name}`,
    serious.length === 0,
    serious.map(({ words }) => words).join(" | "),
  );
}
