type Child = Node | string | undefined;

/** What an element gets besides its children: attributes by name, listeners by `on…`; undefined ones are left out. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | ((event: never) => void) | undefined>
>;

/** Makes an element. Text stays text: nothing in it is read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function")
      made.addEventListener(name.slice(2), value as (event: Event) => void);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A button that says what it does, also to those who cannot see its sign; words on it are its name. */
export function button(
  sign: string,
  title: string,
  onClick: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element("button", { type: "button", title, ...attributes }, sign);
  if (!/\p{L}|^$/u.test(sign) && attributes["aria-label"] === undefined)
    made.setAttribute("aria-label", title);
  made.addEventListener("click", onClick);
  return made;
}
