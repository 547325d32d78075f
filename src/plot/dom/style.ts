/** Inline style of an element: set by method or by property, kept in the order first set. */
export class InlineStyle {
  readonly #values = new Map<string, string>();

  get cssText(): string {
    return [...this.#values].map(([name, value]) => `${name}: ${value};`).join(" ");
  }
  set cssText(text: string) {
    this.#values.clear();
    for (const declaration of text.split(";")) {
      const colon = declaration.indexOf(":");
      if (colon > 0)
        this.setProperty(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    }
  }

  getPropertyValue(name: string): string {
    return this.#values.get(name)?.replace(" !important", "") ?? "";
  }
  setProperty(
    name: string,
    value: string | number | null | undefined,
    priority?: string | null,
  ): void {
    if (value === null || value === undefined || value === "") return this.removeProperty(name);
    this.#values.set(
      name,
      priority === "important" ? `${String(value)} !important` : String(value),
    );
  }
  removeProperty(name: string): void {
    this.#values.delete(name);
  }
}

/** A style whose properties can also be set by name in camel case, as `element.style.maxWidth = "initial"`. */
export function createStyle(): InlineStyle {
  const style = new InlineStyle();
  return new Proxy(style, {
    get: (_, key) => {
      if (typeof key !== "string") return undefined;
      const own: unknown = Reflect.get(style, key, style);
      if (own === undefined) return style.getPropertyValue(hyphenated(key));
      return typeof own === "function" ? (own as () => unknown).bind(style) : own;
    },
    set: (_, key, value: string | number | null) => {
      if (key === "cssText") style.cssText = String(value);
      else style.setProperty(hyphenated(String(key)), value);
      return true;
    },
  });
}

function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
