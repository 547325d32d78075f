import type { LoadedModule, Modules } from "../../executor/modules.ts";
import { pickMembers } from "../../executor/members.ts";
import type { CellsSettings } from "./cells-messages.ts";

/** A name that this page has no module of. */
class NoSuchModule extends Error {
  override readonly name = "NoSuchModule";
  readonly code = "ERR_MODULE_NOT_FOUND";
  constructor(name: string, { modules, absent }: Pick<CellsSettings, "modules" | "absent">) {
    const why = absent[name] ?? `this page has ${Object.keys(modules).join(", ")}`;
    super(
      `there is no module '${name}' in this page: ${why}; open the notebook with tsrsa lab for more`,
    );
  }
}

/** How the cells of a page load modules: by a table of the site's own files, and no other. */
export function pageModules(settings: Pick<CellsSettings, "modules" | "absent">): Modules {
  const load = async (name: string): Promise<object> => {
    const address = settings.modules[name.replace(/^node:/, "")] ?? settings.modules[name];
    if (address === undefined) throw new NoSuchModule(name, settings);
    return (await import(/* @vite-ignore */ address)) as object;
  };
  const refuse = (name: string): never => {
    throw new NoSuchModule(name, settings);
  };
  return {
    import: async (name) => load(String(name)),
    members: async (name, keys): Promise<LoadedModule> => {
      const namespace = await load(name);
      return { namespace, members: pickMembers(namespace, keys, name) };
    },
    reload: async () => undefined,
    require: refuse as unknown as NodeJS.Require,
    resolve: (name) => settings.modules[name] ?? refuse(name),
  };
}
