/** The path of a `file:` address; other addresses are what they are. */
export function fileURLToPath(address: string | URL): string {
  const text = String(address);
  return text.startsWith("file:") ? decodeURIComponent(new URL(text).pathname) : text;
}

export function pathToFileURL(path: string): URL {
  return new URL(`file://${path.split("/").map(encodeURIComponent).join("/")}`);
}
