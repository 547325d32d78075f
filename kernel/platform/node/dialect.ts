import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import type { Expression } from "oxc-parser";
import type { Dialect } from "../../transform/dialect.ts";

interface Config {
  readonly extends?: unknown;
  readonly compilerOptions?: Dialect & { readonly target?: string };
}

let known: { path: string; changed: number; dialect: Dialect } | undefined;

/** What the tsconfig.json of a folder says about the JavaScript that comes out; read anew when it changed. */
export function dialectOf(folder: string): Dialect {
  const path = join(folder, "tsconfig.json");
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (known?.path === path && known.changed === changed) return known.dialect;
  const options = changed === 0 ? {} : readOptions(path, 0);
  known = { path, changed, dialect: withDefaults(options) };
  return known.dialect;
}

const deepest = 10;

function readOptions(path: string, depth: number): NonNullable<Config["compilerOptions"]> {
  const config = readConfig(path);
  const bases = [config.extends].flat().filter((base) => typeof base === "string");
  const inherited = bases.map((base) => {
    const file = depth < deepest ? baseFile(base, path) : undefined;
    return file === undefined ? {} : readOptions(file, depth + 1);
  });
  return Object.assign({}, ...inherited, config.compilerOptions) as Dialect;
}

/** TypeScript defines class fields only for targets that have them. */
function withDefaults({ target, ...options }: NonNullable<Config["compilerOptions"]>): Dialect {
  const isOld = target !== undefined && /^es(3|5|6|20(1\d|20|21))$/i.test(target);
  return { useDefineForClassFields: !isOld, ...options };
}

function baseFile(base: string, from: string): string | undefined {
  const isPath = /^[./]/.test(base);
  const names = base.endsWith(".json") ? [base] : [base, `${base}.json`, `${base}/tsconfig.json`];
  for (const name of names) {
    try {
      const path = isPath ? resolve(dirname(from), name) : createRequire(from).resolve(name);
      if (statSync(path).isFile()) return path;
    } catch {
      // The next may exist.
    }
  }
  return undefined;
}

/** A config may have comments and trailing commas, as JavaScript may. Undefined values for what is no JSON. */
function readConfig(path: string): Config {
  const text = `(${readFileSync(path, "utf8").replace(/^\uFEFF/, "")}\n)`;
  const { program, errors } = parseSync("tsconfig.js", text);
  const [statement] = program.body;
  if (errors.length > 0 || statement?.type !== "ExpressionStatement")
    throw new SyntaxError(`${path} is not JSON: ${errors[0]?.message ?? "it holds statements"}`);
  return valueOf(statement.expression) ?? {};
}

function valueOf(node: Expression): unknown {
  switch (node.type) {
    case "ParenthesizedExpression":
      return valueOf(node.expression);
    case "Literal":
      return node.value;
    case "ArrayExpression":
      return node.elements.map((element) =>
        element === null || element.type === "SpreadElement" ? undefined : valueOf(element),
      );
    case "ObjectExpression":
      return Object.fromEntries(
        node.properties.flatMap((property) =>
          property.type === "Property" && property.key.type === "Literal"
            ? [[String(property.key.value), valueOf(property.value)]]
            : [],
        ),
      );
    default:
      return undefined;
  }
}

/** JSX where nobody imported React: by what is installed beside the notebook. */
export function elementsOf(dialect: Dialect, folder: string): Dialect | undefined {
  if (dialect.jsx !== undefined || dialect.jsxFactory !== undefined) return undefined;
  const { resolve } = createRequire(join(folder, "notebook.ts"));
  const jsxImportSource = ["react", "preact"].find((name) => {
    try {
      return resolve(`${name}/jsx-runtime`) !== "";
    } catch {
      return false;
    }
  });
  return jsxImportSource === undefined
    ? undefined
    : { ...dialect, jsx: "react-jsx", jsxImportSource };
}
