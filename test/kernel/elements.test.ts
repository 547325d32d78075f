import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openNotebook } from "./support/notebook.ts";

test("elements of React and Preact are shown as HTML by what is installed beside the notebook, else as values", async () => {
  const folder = mkdtempSync(join(tmpdir(), "elements-"));
  const notebook = await openNotebook(folder);
  const shown = async (code: string): Promise<unknown> => {
    const { outputs } = await notebook.run(code);
    const result = outputs.find(({ type }) => type === "result");
    return result?.type === "result" ? result.bundle["text/html"] : undefined;
  };
  const react = "({ $$typeof: Symbol.for('react.element'), type: 'b', props: {} })";
  const preact = "({ constructor: undefined, type: 'i', props: {} })";
  expect(await shown(react)).toBeUndefined();
  const modules: [string, string, string][] = [
    ["react-dom", "server.js", "exports.renderToStaticMarkup = (e) => `<${e.type}>`;"],
    ["preact-render-to-string", "index.js", "exports.render = (e) => `<${e.type}>`;"],
  ];
  for (const [name, file, text] of modules) {
    const home = join(folder, "node_modules", name);
    mkdirSync(home, { recursive: true });
    writeFileSync(
      join(home, "package.json"),
      JSON.stringify({
        name,
        main: file,
        exports: { ".": "./index.js", "./server": "./server.js" },
      }),
    );
    writeFileSync(join(home, file), text);
  }
  expect(await shown(react)).toBe("<b>");
  expect(await shown(preact)).toBe("<i>");
  expect(await shown("new Proxy({}, {})")).toBeUndefined();
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});
