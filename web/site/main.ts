import { element } from "../view/element.ts";
import { FilesView } from "../view/files-view.ts";
import { applyLook } from "../view/look.ts";
import { NotebookPage } from "../view/notebook-page.ts";
import { SiteDatabase } from "./database.ts";
import { isolate } from "./isolation.ts";
import { PageKernel } from "./page-kernel.ts";
import type { SiteFile } from "./site-file.ts";
import { SiteStore } from "./site-store.ts";

const base = new URL(".", location.href);
const notice = element("div", { class: "notice", role: "status" });

/** Says something below the page for a while. */
function say(words: string, ms = 8000): void {
  notice.textContent = words;
  setTimeout(() => {
    if (notice.textContent === words) notice.textContent = "";
  }, ms);
}

async function readSite(): Promise<SiteFile> {
  const response = await fetch(new URL("site.json", base));
  if (!response.ok) throw new Error("site.json of this site could not be read");
  return (await response.json()) as SiteFile;
}

async function openNotebook(
  path: string,
  site: SiteFile,
  store: SiteStore,
  files: FilesView,
): Promise<NotebookPage> {
  const stored = await store.read(path);
  document.title = path;
  const { version, modules, absent } = site;
  const kernel = new PageKernel({
    base: new URL("lab/", base),
    version,
    notebook: path,
    modules,
    absent,
  });
  store.kernel = kernel;
  await store.giveFiles(kernel);
  return new NotebookPage({
    path,
    stored,
    store,
    connect: () => kernel,
    onFiles: () => {
      document.body.classList.toggle("with-files");
      void files.show();
    },
    say,
  });
}

async function start(): Promise<void> {
  applyLook();
  document.querySelector(".needs-server")?.remove();
  document.body.append(notice);
  const lacking = await isolate();
  const site = await readSite();
  const store = new SiteStore(site, base, new SiteDatabase(base.href));
  const opened: { page?: NotebookPage } = {};
  const renamed = (from: string, to: string): void => {
    if (opened.page?.path === from) opened.page.renamed(to);
  };
  const files = new FilesView(store, renamed, say);
  document.body.append(files.element);
  const path = new URLSearchParams(location.search).get("path");
  if (path === null) {
    document.title = site.title;
    document.body.classList.add("only-files");
    return files.show();
  }
  const page = await openNotebook(path, site, store, files);
  opened.page = page;
  document.body.append(element("header", { class: "bar" }, page.toolbar), page.element, page.side);
  if (lacking !== undefined) say(lacking, 20_000);
  else if (await store.isOutdated(path))
    say("a newer version of this notebook was published; More, Revert shows it", 20_000);
}

start().catch((error: unknown) => {
  document.body.classList.add("only-files");
  say(error instanceof Error ? error.message : String(error), 600_000);
});
