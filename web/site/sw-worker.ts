// The service worker of a site: isolates its pages so that workers may share memory, keeps what was loaded for the time
// without network, tells busy cells of a Stop, and keeps the code of cells from every other host.
// The build puts a hash of the site's files in the place of BUILD.
import { StopNumbers } from "./stop-numbers.ts";

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Response | Promise<Response>): void;
}

interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: WorkerEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

const worker = globalThis as unknown as ServiceWorkerScope;
const cacheName = "tsrsa-BUILD";
const stops = new StopNumbers();

const cellsPolicy =
  "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self' blob:";

worker.addEventListener("install", () => void worker.skipWaiting());

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith("tsrsa-") && name !== cacheName) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (address.pathname.endsWith("/__stop")) return event.respondWith(stop(address));
  if (request.method === "GET") event.respondWith(answer(request, address));
});

/** A busy cell asks whether it is to stop; the kernel beside it says so. */
function stop(address: URL): Response {
  return new Response(stops.answer(address.searchParams), {
    headers: { "Cache-Control": "no-store" },
  });
}

/** The network first; without it, what was kept. */
async function answer(request: Request, address: URL): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.status === 200) await cache.put(keyOf(address), response.clone());
    return isolated(response, address);
  } catch (error) {
    const kept = await cache.match(keyOf(address));
    if (kept === undefined) throw error;
    return isolated(kept, address);
  }
}

/** One page shows every notebook. */
function keyOf(address: URL): string {
  return address.origin + address.pathname.replace(/\/$/, "/index.html");
}

function isolated(response: Response, address: URL): Response {
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (/\/(kernel|cells|language)\.js$/.test(address.pathname))
    headers.set("Content-Security-Policy", cellsPolicy);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
