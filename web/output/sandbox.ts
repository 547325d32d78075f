import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import { element } from "../view/element.ts";

/** What the page tells a frame first: HTML to show, or the view of a widget to run. */
export type FrameTask =
  | { readonly type: "html"; readonly html: string }
  | {
      readonly type: "widget";
      readonly esm: string;
      readonly css: string;
      readonly state: Json;
    };

/** A frame that is nobody: its scripts run, and reach neither this page nor anything else. */
export interface Sandbox {
  readonly element: HTMLIFrameElement;
  /** Tells the frame something; waits until it is there. */
  send(message: Json): void;
}

const tallest = 4000;

/** Makes a frame for a task; `onMessage` hears what its widget says. */
export function sandbox(
  task: FrameTask,
  onMessage: (message: Json) => void = () => undefined,
): Sandbox {
  const frame = element("iframe", {
    sandbox: "allow-scripts",
    src: new URL("frame.html", import.meta.url).href,
    // A page that shares memory takes frames only that carry nothing of its own.
    credentialless: globalThis.crossOriginIsolated,
    title: task.type === "html" ? "output with scripts of its own" : "widget",
    class: "sandbox",
  });
  const waiting: Json[] = [{ ...task }];
  let isReady = false;
  const post = (message: Json): void => frame.contentWindow?.postMessage(message, "*");
  let wasShown = false;
  const listener = ({ source, data }: MessageEvent): void => {
    // A frame that was taken out of the page says nothing any more.
    if (wasShown && !frame.isConnected) return window.removeEventListener("message", listener);
    wasShown ||= frame.isConnected;
    if (source !== frame.contentWindow || !isObject(data)) return;
    if (data.type === "ready") {
      // A frame that was moved in the page is loaded anew and starts over.
      isReady = true;
      post({ ...task, scheme: getComputedStyle(document.documentElement).colorScheme });
      for (const message of waiting.splice(0).slice(1)) post(message);
      waiting.push({ ...task });
    } else if (data.type === "height") {
      frame.style.height = `${Math.min(Math.max(Number(data.height) || 0, 16), tallest)}px`;
    } else onMessage(data);
  };
  window.addEventListener("message", listener);
  return {
    element: frame,
    send: (message) => (isReady ? post(message) : void waiting.push(message)),
  };
}
