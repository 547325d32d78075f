import { randomId } from "./random-id.ts";
import { SocketConnection } from "./kernel/socket-connection.ts";
import { HttpStore } from "./store/http-store.ts";
import { element } from "./view/element.ts";
import { FilesView } from "./view/files-view.ts";
import { applyLook } from "./view/look.ts";
import { NotebookPage } from "./view/notebook-page.ts";

const tab = randomId();
const store = new HttpStore(tab);
const notice = element("div", { class: "notice", role: "status" });

/** Says something below the page for a while. */
function say(words: string): void {
  notice.textContent = words;
  setTimeout(() => {
    if (notice.textContent === words) notice.textContent = "";
  }, 8000);
}

/** The kernel of a notebook of this lab; the notebook may get another name meanwhile. */
function connect(path: () => string): SocketConnection {
  return new SocketConnection({
    open: (kernel, after) => {
      const query = new URLSearchParams({ path: path(), tab, kernel, after: String(after) });
      const address = new URL(`api/kernel?${query.toString()}`, location.href);
      address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(address);
    },
  });
}

async function openNotebook(path: string, files: FilesView): Promise<NotebookPage> {
  const stored = await store.read(path);
  document.title = path;
  return new NotebookPage({
    path,
    stored,
    store,
    connect,
    onFiles: () => {
      document.body.classList.toggle("with-files");
      void files.show();
    },
    say,
  });
}

async function start(): Promise<void> {
  applyLook();
  let page: NotebookPage | undefined;
  const renamed = (from: string, to: string): void => {
    if (page?.path === from) page.renamed(to);
  };
  const files = new FilesView(store, renamed, say);
  document.body.append(files.element, notice);
  const path = new URLSearchParams(location.search).get("path");
  if (path === null) {
    document.title = "tsrsa lab";
    document.body.classList.add("only-files");
    return files.show();
  }
  try {
    page = await openNotebook(path, files);
    document.body.append(
      element("header", { class: "bar" }, page.toolbar),
      page.element,
      page.side,
    );
  } catch (error) {
    document.body.classList.add("only-files");
    say(error instanceof Error ? error.message : String(error));
    await files.show();
  }
}

void start();
