// An import map for running dist/ in a browser without a bundler: every package that its modules import, directly or
// not, with the entry that its package.json has for browsers.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";

/** From import names to paths under the root. */
export function importMap(root) {
  const map = { tsrsa: "/dist/src/index.js" };
  for (const name of readdirSync(join(root, "dist/src/core/platform/browser"))) {
    if (name.endsWith(".js"))
      map[`#platform/${name.slice(0, -3)}`] = `/dist/src/core/platform/browser/${name}`;
  }
  const seen = new Set();
  visit(join(root, "dist/src/index.js"));
  return map;

  function visit(file) {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    for (const name of importsOf(readFileSync(file, "utf8"))) {
      if (name.startsWith(".")) visit(join(dirname(file), name));
      else if (name.startsWith("#")) visit(join(root, map[name] ?? ""));
      else if (!name.startsWith("node:") && map[name] === undefined) {
        const entry = entryOf(root, name);
        if (entry === undefined) continue;
        map[name] = `/${relative(root, entry).split(sep).join("/")}`;
        visit(entry);
      }
    }
  }
}

function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = code.matchAll(
    /(?:^|[\n;])\s*(?:import|export)\s*(?:[^"'();]*?from\s*)?["']([^"']+)["']|\b(?:import|import\.meta\.resolve|require)\(\s*["']([^"']+)["']\s*\)/g,
  );
  return [...found].map((match) => match[1] ?? match[2]);
}

/** The file that a browser is to load for a package; undefined when it is not installed. */
function entryOf(root, name) {
  const folder = join(root, "node_modules", name);
  if (!existsSync(join(folder, "package.json"))) return undefined;
  const {
    exports,
    module,
    main = "index.js",
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const path = conditional(exports?.["."] ?? exports) ?? module ?? main;
  const file = join(folder, path);
  return extname(file) === "" ? `${file}.js` : file;
}

function conditional(target) {
  if (target === undefined || typeof target === "string") return target;
  return conditional(target.browser ?? target.import ?? target.default);
}

/** A file as a browser can import it: CommonJS, which a few old packages still are, is wrapped. */
export function moduleOf(file, bytes) {
  if (extname(file) !== ".js" || !file.includes(`node_modules${sep}`)) return bytes;
  const text = bytes.toString("utf8");
  if (!/\bmodule\.exports\b/.test(text) || /^\s*(import|export)\s/m.test(text)) return bytes;
  const names = [...new Set(importsOf(text))];
  const imports = names.map((name, k) => `import p${k} from ${JSON.stringify(name)};`).join("\n");
  const table = names.map((name, k) => `${JSON.stringify(name)}: p${k}`).join(", ");
  return `${imports}
const module = { exports: {} };
((module, exports, require) => {${text}
})(module, module.exports, (name) => ({ ${table} })[name]);
export default module.exports;
`;
}
