import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, resolve, sep } from "node:path";

const pictureTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/**
 * A picture that a text names, as a `data:` address: one that lies in the notebook's folder or below it, or that is such
 * an address already. Undefined for all others: a page is sent to people who must not get files from elsewhere with it,
 * and it loads nothing from the network.
 */
export function pictureBeside(address: string, folder: string): string | undefined {
  if (/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/.test(address)) return address;
  const type = pictureTypes[extname(address).toLowerCase()];
  if (type === undefined || /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return undefined;
  const path = fileInside(resolve(folder, decoded(address)), folder);
  return path && `data:${type};base64,${readFileSync(path).toString("base64")}`;
}

/** Where the file truly lies, symbolic links followed. */
function fileInside(path: string, folder: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const real = realpathSync(path);
  return real.startsWith(`${realpathSync(folder)}${sep}`) ? real : undefined;
}

/** A percent sign that begins no code, as in `100%.png`, stands for itself. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
