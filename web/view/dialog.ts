import { button, element } from "./element.ts";

/** A question with its answers, which are told by their words. Escape is the last of them. */
export function ask(question: string, answers: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-label": question });
    const end = (answer: string): void => {
      dialog.remove();
      resolve(answer);
    };
    dialog.append(
      element("p", {}, question),
      element(
        "div",
        { class: "answers" },
        ...answers.map((answer) => button(answer, answer, () => end(answer))),
      ),
    );
    dialog.addEventListener("cancel", () => end(answers.at(-1) ?? ""));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for a line of text; undefined when there is none. */
export function askText(question: string, value = ""): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = element("input", { type: "text", value, "aria-label": question });
    const dialog = element("dialog", { "aria-label": question });
    const end = (answer: string | undefined): void => {
      dialog.remove();
      resolve(answer);
    };
    const done = (): void => end(input.value.trim() === "" ? undefined : input.value.trim());
    dialog.append(
      element("p", {}, question),
      input,
      element(
        "div",
        { class: "answers" },
        button("OK", "OK", done),
        button("Cancel", "Cancel", () => end(undefined)),
      ),
    );
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done();
    });
    dialog.addEventListener("cancel", () => end(undefined));
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}

/** Shows something in a window of its own, closed by Escape or its button. */
export function showWindow(title: string, content: Node): void {
  const dialog = element("dialog", { class: "window", "aria-label": title });
  const close = button("Close", "Close", () => dialog.remove());
  dialog.append(element("h2", {}, title), element("div", { class: "content" }, content), close);
  dialog.addEventListener("cancel", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
