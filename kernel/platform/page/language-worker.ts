// The worker of a page that knows types: TypeScript's language service over declaration files kept in memory.
import type { ToWorker } from "../../language/questions.ts";
import { serveLanguage } from "../../language/serve-language.ts";
import type { ToLanguage } from "./language-messages.ts";
import { memorySystem } from "./memory-system.ts";
import { ts } from "./typescript.ts";

/** Of the compiler's own, not in its published types: what it asks for files. */
const { setSys } = ts as unknown as { readonly setSys: (system: typeof ts.sys) => void };

const waiting: ToWorker[] = [];
let take = (message: ToWorker): void => void waiting.push(message);

async function begin(address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const { kernelFolder, files } = (await answer.json()) as {
    readonly kernelFolder: string;
    readonly files: Readonly<Record<string, string>>;
  };
  setSys(memorySystem(files));
  take = serveLanguage({ folder: "/notebook", kernelFolder }, (said) => self.postMessage(said));
  waiting.forEach((message) => take(message));
}

self.addEventListener("message", ({ data }: MessageEvent<ToLanguage>) => {
  if (!("types" in data)) return take(data);
  begin(data.types).catch((error: unknown) => self.postMessage({ lost: String(error) }));
});
