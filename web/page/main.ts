import { isObject } from "../json.ts";
import { answerHover } from "../output/hover.ts";

/** Of a page that was written by `tsrsa run` or `tsrsa site`: its figures answer what is below the pointer. */
const selector = 'figure > script[type="application/vnd.tsrsa.figure+gzip"]';

for (const holder of document.querySelectorAll<HTMLScriptElement>(selector)) {
  const figure = holder.parentElement;
  const image = figure?.querySelector("img");
  if (figure !== null && image !== null && image !== undefined)
    // Unpacked when the pointer first comes: most figures never are asked.
    image.addEventListener("mouseenter", () => void answer(figure, image, holder), { once: true });
}

async function answer(
  figure: HTMLElement,
  image: HTMLImageElement,
  holder: HTMLElement,
): Promise<void> {
  const data = await unpacked(holder.textContent);
  if (isObject(data)) answerHover(figure, image, svgOf(image), data);
}

async function unpacked(base64: string): Promise<unknown> {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The picture itself, which says where its panels are. */
function svgOf({ src }: HTMLImageElement): string {
  return new TextDecoder().decode(bytesOf(src.slice(src.indexOf(",") + 1)));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
}
