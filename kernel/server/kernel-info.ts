import { runsOn } from "#kernel/host";
import type { Json } from "../messages/schema.ts";
import { protocolVersion } from "../messages/message.ts";

/** What a kernel says of itself. `version` is that of this package. */
export function kernelInfo(version: string): Json {
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "tsrsa",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescriptVersion,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // Text, not an object: Zed and nteract read only that, and refuse the whole reply otherwise.
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `tsrsa ${version}: TypeScript on ${runsOn}`,
    debugger: true,
    supported_features: ["kernel subshells", "debugger"],
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
      { text: "Observable Plot", url: "https://observablehq.com/plot/" },
    ],
  };
}

/** The language version of the types that completion knows. */
const typescriptVersion = "6.0";
