import { LabError } from "./lab-error.ts";

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** Checks a name for a new file: one that every system can store. Throws `LabError`. */
export function checkFileName(name: string): void {
  const fault = faultOf(name);
  if (fault !== undefined)
    throw new LabError(422, `${JSON.stringify(name)} cannot be the name of a file: ${fault}`);
}

function faultOf(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (Buffer.byteLength(name) > 200) return "it is longer than 200 bytes";

  if (/[\u0000-\u001f\u007f]/.test(name)) return "it holds a character that cannot be seen";
  if (/[<>:"/\\|?*]/.test(name)) return 'none of < > : " / \\ | ? * may be in it';
  if (name.startsWith(".")) return "it would be hidden";
  if (/[. ]$/.test(name)) return "it ends in a dot or a blank";
  if (reserved.test(name)) return "Windows keeps it for a device";
  return undefined;
}

/** Checks that a path is one of a notebook. Throws `LabError`. */
export function checkNotebookName(path: string): void {
  if (/\.(ipynb|ts)$/.test(path) && !path.endsWith(".d.ts")) return;
  throw new LabError(
    403,
    `${JSON.stringify(path)} is no notebook; a notebook ends in .ipynb or .ts`,
  );
}
