/** The source of a module that is a WebAssembly file: its imports are modules, its exports those of the instance. */
export function wasmModule(url: string, bytes: Uint8Array<ArrayBuffer>): string {
  const compiled = new WebAssembly.Module(bytes);
  const needed = [...new Set(WebAssembly.Module.imports(compiled).map(({ module }) => module))];
  const given = WebAssembly.Module.exports(compiled).map(({ name }) => JSON.stringify(name));
  return [
    `import { readFileSync } from "node:fs";`,
    ...needed.map((name, i) => `import * as m${i} from ${JSON.stringify(name)};`),
    `const compiled = new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(url)})));`,
    `const imports = { ${needed.map((name, i) => `${JSON.stringify(name)}: m${i}`).join(", ")} };`,
    `const { exports } = new WebAssembly.Instance(compiled, imports);`,
    ...given.map((name, i) => `const e${i} = exports[${name}];`),
    `export { ${given.map((name, i) => `e${i} as ${name}`).join(", ")} };`,
  ].join("\n");
}
