import type { NotebookStore } from "../store/store.ts";

/** The address of a picture beside the notebook; undefined for one that lies elsewhere, which is not loaded. */
export function pictureBeside(
  address: string,
  notebook: string,
  store: Pick<NotebookStore, "downloadAddress">,
): string | undefined {
  if (/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(address)) return address;
  if (!/\.(png|jpe?g|gif|webp|svg)$/i.test(address) || /^[a-z]+:|^\/|\\/i.test(address))
    return undefined;
  const folder = notebook.split("/").slice(0, -1);
  const parts = [...folder, ...decoded(address).split("/")].filter((part) => part !== ".");
  return parts.includes("..") ? undefined : store.downloadAddress(parts.join("/"));
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
