import type { TransformOptions } from "oxc-transform";

/** What a tsconfig.json decides about the JavaScript that comes out, by the names it has there. */
export interface Dialect {
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly useDefineForClassFields?: boolean;
  /** How JSX is compiled. Default: `React.createElement`. */
  readonly jsx?: string;
  readonly jsxImportSource?: string;
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
}

/** The options of oxc for a dialect. */
export function oxcOptions(dialect: Dialect): TransformOptions {
  const { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields } = dialect;
  return {
    sourceType: "module",
    sourcemap: true,
    // Everything newer than Node 20 is lowered: `using` declarations.
    target: "es2024",
    typescript: {
      // A later cell may use an import, so only `import type` is erased.
      onlyRemoveTypeImports: true,
      ...(useDefineForClassFields === false && { removeClassFieldsWithoutInitializer: true }),
    },
    ...(useDefineForClassFields === false && { assumptions: { setPublicClassFields: true } }),
    ...(experimentalDecorators === true && {
      decorator: { legacy: true, emitDecoratorMetadata: emitDecoratorMetadata === true },
    }),
    jsx: jsxOptions(dialect),
  };
}

function jsxOptions({
  jsx,
  jsxImportSource,
  jsxFactory,
  jsxFragmentFactory,
}: Dialect): TransformOptions["jsx"] {
  const isAutomatic =
    /^react-jsx/.test(jsx ?? "") || (jsx !== "react" && jsxImportSource !== undefined);
  return isAutomatic
    ? { runtime: "automatic", importSource: jsxImportSource ?? "react" }
    : { runtime: "classic", pragma: jsxFactory, pragmaFrag: jsxFragmentFactory };
}
