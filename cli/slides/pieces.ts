/** The parts of a text, each from a heading to the next; what stands before the first heading is a part of its own. */
export function pieces(markdown: string): string[] {
  const parts: string[][] = [[]];
  let fence = "";
  for (const line of markdown.split("\n")) {
    const [mark = ""] = /^(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === "" && /^#{1,3} /.test(line)) parts.push([]);
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence)) fence = "";
    parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join("\n").trim()).filter((text) => text !== "");
}
