import type { LanguageThread, ThreadListener } from "../../language/worker-link.ts";
import { problem } from "./host.ts";
import type { FromLanguage, LanguageParts, ToLanguage } from "./language-messages.ts";

/** Starts the language service in a worker of the page. */
export function startThread(
  { worker, types }: LanguageParts,
  listener: ThreadListener,
): LanguageThread {
  const thread = new Worker(worker, { name: "language" });
  const post = (message: ToLanguage): void => thread.postMessage(message);
  const end = (reason: string): void => {
    problem(`no language service: ${reason}`);
    thread.terminate();
    listener.onEnd();
  };
  thread.onmessage = ({ data }: MessageEvent<FromLanguage>) => {
    if ("lost" in data) end(data.lost);
    else listener.onMessage(data);
  };
  // Its file could not be loaded, as without network before it was ever kept.
  thread.onerror = (event) => {
    event.preventDefault();
    end(event.message);
  };
  post({ types });
  return { post, close: async () => thread.terminate() };
}
