/** What no file system we know can keep, or keeps under another name. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\\/u, "a backslash"],
  [/[<>:"|?*]/u, "a character that Windows keeps for itself"],
  [/[\p{Cc}\p{Cs}\u2028\u2029\ufffd]/u, "a control or damaged character"],
  [
    /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u,
    "a character that turns the direction of text",
  ],
  [/[. ]$/u, "a dot or space at its end"],
  [
    /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\..*)?$/iu,
    "the name of a device",
  ],
];
const mostBytes = 255;

/** Why a path of an archive cannot be stored on every system under its own name; undefined when it can. */
export function unstorable(path: string): string | undefined {
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const rule = rules.find(([pattern]) => pattern.test(part));
    if (rule !== undefined) return rule[1];
    if (Buffer.byteLength(part) > mostBytes) return `more than ${mostBytes} bytes`;
  }
  return undefined;
}

/** A path as file systems see it that make no difference between cases or ways of writing an accent. */
export function sameNameKey(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")
    .normalize("NFC")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFC");
}
