const triedKey = "tsrsa-isolated";

/**
 * Registers the site's service worker, which isolates the page (so that workers may share memory), carries Stop and works
 * offline. Where the page is not isolated yet it is loaded once more, once. Resolves to words for the user when something
 * is missing; undefined when all is there.
 */
export async function isolate(): Promise<string | undefined> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker === undefined)
    return "this browser window has no service workers: Stop may cost the variables, and nothing works offline";
  try {
    await inTime(serviceWorker.register("sw.js"));
    await inTime(serviceWorker.ready);
    await controlled(serviceWorker);
  } catch {
    return "the service worker could not be started: Stop may cost the variables, and nothing works offline";
  }
  if (globalThis.crossOriginIsolated || wasTried()) return undefined;
  sessionStorage.setItem(triedKey, "yes");
  location.reload();
  return new Promise(() => undefined);
}

const patienceMs = 4000;

/** Some windows take a service worker and never start it. */
function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("it did not start in time")), patienceMs);
  });
  return Promise.race([work, late]);
}

function controlled(container: ServiceWorkerContainer): Promise<void> {
  if (container.controller !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, 3000);
    container.addEventListener("controllerchange", () => {
      clearTimeout(limit);
      resolve();
    });
  });
}

function wasTried(): boolean {
  try {
    return sessionStorage.getItem(triedKey) === "yes";
  } catch {
    return true;
  }
}
