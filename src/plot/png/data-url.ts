/** Bytes as base64 text, in any environment. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces, because a call cannot take as many arguments as a picture has bytes.
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** Bytes as a `data:` URL. */
export function dataUrl(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${base64(bytes)}`;
}
