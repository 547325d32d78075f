import { expect, test } from "vitest";
import type { Message } from "../../web/kernel/message.ts";
import type { Cell } from "../../web/notebook/cell.ts";
import { NotebookDocument } from "../../web/notebook/document.ts";
import { NotebookRun, type RunListener } from "../../web/run/notebook-run.ts";

const cell = (id: string, source: string, ...tags: readonly string[]): Cell => ({
  ...{ id, source, kind: "code", outputs: [], executionCount: null },
  metadata: tags.length === 0 ? {} : { tags },
});

test("cells behind a blank that is not done run also when it fails, those behind any other failure do not", () => {
  const sent: Message[] = [];
  const connection = {
    listen: () => undefined,
    send: (message: Message) => void sent.push(message),
    close: () => undefined,
  };
  const cells = [
    cell("a", "todo();", "exercise:x", "raises-exception"),
    cell("b", "1"),
    cell("c", "2", "x"),
  ];
  const listener = {
    onPhase: () => undefined,
    onRemarks: () => undefined,
  } as unknown as RunListener;
  new NotebookRun(new NotebookDocument(cells), connection, listener).run(["a", "b", "c"]);
  expect(sent.map(({ content }) => content.stop_on_error)).toEqual([false, true, true]);
});
