import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { framePolicy, pagePolicy } from "./content-policies.ts";
import { LabError } from "./lab-error.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** A file of the built front end. */
export interface Asset {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file of the front end by its name, such as `lab.js` or `fonts/KaTeX_Main-Regular.woff2`. Throws `LabError`. */
export function asset(name: string): Asset {
  const type = types[extname(name)];
  if (type === undefined || !/^(fonts\/)?[A-Za-z0-9_-]+\.\w+$/.test(name))
    throw new LabError(404, `there is no ${name}`);
  const isFrame = name === "frame.html";
  return {
    bytes: read(name),
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": isFrame ? framePolicy : pagePolicy,
      // A page of an older version must not stay.
      "Cache-Control": "no-cache",
    },
  };
}

function read(name: string): Buffer {
  try {
    return readFileSync(new URL(name, builtFolder()));
  } catch {
    throw new LabError(404, `there is no ${name}; was the front end built? (npm run build)`);
  }
}

/** Built from web/ into dist/web, also when this file runs from source in a test. */
function builtFolder(): URL {
  const path = import.meta.url.endsWith(".ts") ? "../../dist/web/" : "../../web/";
  return new URL(path, import.meta.url);
}

/** The folder of the built front end, for whoever copies it. */
export function assetsFolder(): string {
  return fileURLToPath(builtFolder());
}
