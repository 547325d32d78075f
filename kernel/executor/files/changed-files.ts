import { statSync } from "node:fs";
import { createRequire } from "node:module";

const { cache } = createRequire(import.meta.url);
/** What each CommonJS file looked like when it was first seen in the cache. */
const known = new Map<string, string>();

/** Lets go of the CommonJS modules whose file changed since they were loaded, and of those that need them. */
export function forgetChangedFiles(): void {
  const changed = new Set<string>();
  for (const path of Object.keys(cache)) {
    if (/[\\/]node_modules[\\/]/.test(path)) continue;
    const now = stampOf(path);
    if (!known.has(path)) known.set(path, now);
    else if (known.get(path) !== now) changed.add(path);
  }
  if (changed.size === 0) return;
  for (const path of dependents(changed)) {
    known.delete(path);
    delete cache[path];
  }
}

/** These files and all that load them, directly or not. */
function dependents(changed: ReadonlySet<string>): Set<string> {
  const found = new Set(changed);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const [path, module] of Object.entries(cache))
      if (module?.children.some(({ filename }) => found.has(filename)) === true) found.add(path);
  }
  return found;
}

/** Changes when a file is written. */
export function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.mtimeMs} ${found.size}`;
}
