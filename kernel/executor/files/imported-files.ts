/** A name of the notebook, and the export of a file that it got; null for the whole module. */
export type ImportedName = readonly [local: string, key: string | null];

/** Gives a name its new value, if it still has the old one. */
export type SetName = (name: string, before: unknown, after: unknown) => void;

interface FileImport {
  readonly name: string;
  readonly options: ImportCallOptions | undefined;
  readonly names: readonly ImportedName[];
  readonly namespace: object;
}

type Load = (name: string, options?: ImportCallOptions) => Promise<object>;
type Member = (namespace: object, key: string, name: string) => unknown;

/** What cells imported from files, each statement once: its newest run counts. */
export class ImportedFiles {
  readonly #imports = new Map<string, FileImport>();

  note(imported: FileImport): void {
    this.#imports.set(JSON.stringify([imported.name, imported.names]), imported);
  }

  /** Imports all anew; of what changed, the names that still have the old value get the new one. */
  async reload(load: Load, member: Member, set: SetName): Promise<void> {
    for (const [statement, old] of this.#imports) {
      const namespace = await load(old.name, old.options);
      if (namespace === old.namespace) continue;
      const valueIn = (home: object, key: string | null): unknown =>
        key === null ? home : member(home, key, old.name);
      for (const [local, key] of old.names)
        set(local, valueIn(old.namespace, key), valueIn(namespace, key));
      this.#imports.set(statement, { ...old, namespace });
    }
  }
}
