import { ts } from "./typescript.ts";

/** How cells are checked. A tsconfig.json in the notebook's folder may choose `lib`, `types`, decorators and JSX. */
export function compilerOptions(folder: string): ts.CompilerOptions {
  const own = ownOptions(folder);
  const { lib, types } = own;
  return {
    lib: lib ?? ["lib.esnext.d.ts"],
    types: types ?? ["node"],
    jsx: own.jsx ?? ts.JsxEmit.React,
    jsxImportSource: own.jsxImportSource,
    jsxFactory: own.jsxFactory,
    jsxFragmentFactory: own.jsxFragmentFactory,
    experimentalDecorators: own.experimentalDecorators,
    emitDecoratorMetadata: own.emitDecoratorMetadata,
    useDefineForClassFields: own.useDefineForClassFields,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    noEmit: true,
    allowJs: true,
    skipLibCheck: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
  };
}

/** True when the notebook's folder asks for the globals of a browser. */
export function wantsDom({ lib }: ts.CompilerOptions): boolean {
  return lib?.some((name) => /^lib\.dom\./.test(name)) ?? false;
}

/** True when the cells run in a worker of a page, which has a console of its own. */
export function isOfWorker({ lib }: ts.CompilerOptions): boolean {
  return lib?.some((name) => /^lib\.webworker\./.test(name)) ?? false;
}

function ownOptions(folder: string): ts.CompilerOptions {
  const path = ts.sys.resolvePath(`${folder}/tsconfig.json`);
  if (!ts.sys.fileExists(path)) return {};
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as {
    config?: { compilerOptions?: object; extends?: unknown };
  };
  if (config === undefined) return {};
  // Without `files` every source below the folder would be looked for.
  const small = { compilerOptions: config.compilerOptions, extends: config.extends, files: [path] };
  return ts.parseJsonConfigFileContent(small, ts.sys, folder).options;
}
