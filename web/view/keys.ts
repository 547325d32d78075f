/** What a key does; the words stand in the help. */
export interface KeyAction {
  readonly keys: readonly string[];
  readonly words: string;
  /** True where it works while the cursor is in an editor too. */
  readonly inEditor: boolean;
  readonly run: () => void;
}

/** The name of a pressed key, as `Ctrl+Shift+Enter`; Ctrl stands for the command key of a Mac too. */
export function keyName(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isLetter = /^[a-z]$/i.test(key);
  const parts = [
    ...(ctrlKey || metaKey ? ["Ctrl"] : []),
    ...(altKey ? ["Alt"] : []),
    // A sign such as ? is what it is, however it is typed; with Ctrl the keyboards differ too much.
    ...(shiftKey && (isLetter || key.length > 1 || ctrlKey || metaKey) ? ["Shift"] : []),
    isLetter ? key.toUpperCase() : key,
  ];
  return parts.join("+");
}

/** Finds the action of a key; `D D` means D pressed twice within a second. */
export class KeyMap {
  readonly actions: readonly KeyAction[];
  #last = "";
  #lastAt = 0;

  constructor(actions: readonly KeyAction[]) {
    this.actions = actions;
  }

  /** The action of a key that was pressed at a time in milliseconds; undefined for a key that does nothing. */
  find(name: string, isEditing: boolean, now: number): KeyAction | undefined {
    const twice = this.#last === name && now - this.#lastAt < 1000;
    this.#last = twice ? "" : name;
    this.#lastAt = now;
    const wanted = twice ? [`${name} ${name}`, name] : [name];
    for (const each of wanted) {
      const action = this.actions.find(({ keys }) => keys.includes(each));
      if (action !== undefined) return isEditing && !action.inEditor ? undefined : action;
    }
    return undefined;
  }
}
