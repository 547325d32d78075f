import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { replacePath } from "./files.ts";

/** How a vector picture becomes pixels. */
export interface RenderOptions {
  /** Pixels per CSS pixel. */
  readonly scale: number;
}

/** A standalone SVG as a PNG file. Text is drawn with the bundled font, whatever the machine has. */
export async function renderSvg(svg: string, { scale }: RenderOptions): Promise<Uint8Array> {
  fontsReady ??= useBundledFonts().catch((error: unknown) => {
    fontsReady = undefined;
    throw error;
  });
  await fontsReady;
  const { default: sharp } = await import("sharp");
  const dotsPerInch = 72 * scale;
  // The text is ours: pictures inside of it may be longer than the reader takes from strangers.
  const png = await sharp(Buffer.from(svg), {
    density: dotsPerInch,
    limitInputPixels: 1 << 28,
    unlimited: true,
  })
    .flatten({ background: "#fff" })
    .png({ compressionLevel: 9, palette: false })
    .toBuffer();
  return new Uint8Array(png.buffer, png.byteOffset, png.byteLength);
}

let fontsReady: Promise<void> | undefined;

/** Fontconfig reads its configuration once, at the first text drawn; so this comes before. */
async function useBundledFonts(): Promise<void> {
  process.env["FONTCONFIG_FILE"] = await fontConfigFile();
  // Pango has other back ends on macOS and Windows, which would not know of the bundled font.
  process.env["PANGOCAIRO_BACKEND"] = "fontconfig";
}

async function fontConfigFile(): Promise<string> {
  const fonts = dirname(
    createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  );
  const common = join(tmpdir(), `tsrsa-fontconfig-${process.getuid?.() ?? "user"}`);
  try {
    return await writeConfig(common, fonts);
  } catch {
    // Somebody else's folder of that name, or a full one: then one of our own.
    return writeConfig(mkdtempSync(join(tmpdir(), "tsrsa-fontconfig-")), fonts);
  }
}

/** The configuration in a folder, named after its content so that two versions do not overwrite each other. */
async function writeConfig(folder: string, fonts: string): Promise<string> {
  const text = fontConfig([fonts, ...systemFontFolders()], join(folder, "cache"));
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const file = join(folder, `fonts-${name}.conf`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkOwn(folder);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return file;
  await replacePath(file, async (part) => writeFileSync(part, text));
  return file;
}

/** Fonts are programs of a kind: nobody else may choose them, so the folder is ours and no one else can write in it. */
function checkOwn(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory()) throw new Error("not a folder");
  if (process.getuid === undefined) return;
  if (uid !== process.getuid()) throw new Error("the folder of another user");
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Letters the bundled font lacks (Chinese, Japanese …) come from the machine's fonts, where it has any. */
function systemFontFolders(): string[] {
  if (process.platform === "win32") return ["WINDOWSFONTDIR"];
  if (process.platform === "darwin")
    return ["/System/Library/Fonts", "/Library/Fonts", join(homedir(), "Library/Fonts")];
  return ["/usr/share/fonts", "/usr/local/share/fonts", join(homedir(), ".local/share/fonts")];
}

function fontConfig(folders: readonly string[], cache: string): string {
  const dirs = folders.map((folder) => `  <dir>${asXml(folder)}</dir>`).join("\n");
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${dirs}
  <cachedir>${asXml(cache)}</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
</fontconfig>
`;
}

function asXml(path: string): string {
  return path.replaceAll("\\", "/").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
