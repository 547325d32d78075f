const known: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

const mostCodePoint = 0x10ffff;

/** Text with the five entities of XML and numbered letters put in; `fault` makes the error for any other. */
export function decodeEntities(text: string, fault: () => Error): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:(#x[\da-fA-F]{1,6}|#\d{1,7}|\w{1,8});)?/g, (_, name?: string) => {
    const letter = name === undefined ? undefined : letterOf(name);
    if (letter === undefined) throw fault();
    return letter;
  });
}

function letterOf(name: string): string | undefined {
  if (!name.startsWith("#")) return Object.hasOwn(known, name) ? known[name] : undefined;
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= mostCodePoint ? String.fromCodePoint(code) : undefined;
}
