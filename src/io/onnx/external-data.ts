import { realPath, siblingPath } from "#platform/files";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import type { OnnxModel, OnnxTensorInfo } from "./types.ts";

/** A file of weights beside a model. */
export interface ExternalData {
  /** As the model names it. */
  readonly path: string;
  readonly data: Uint8Array;
}

/**
 * The files of weights that a model names. They must lie in its folder or below, and hold what the model says.
 *
 * @param model - where the model is, which a path alone tells.
 * @param given - the files themselves by the names in the model, where it comes without a folder.
 * @throws FileFormatError for a file outside of the folder, or too short; MissingFile.
 */
export async function readExternalData(
  { outside }: OnnxModel,
  model: FileInput,
  file: string,
  given: Readonly<Record<string, FileInput>> = {},
): Promise<ExternalData[]> {
  const byFile = new Map<string, OnnxTensorInfo[]>();
  for (const tensor of outside) {
    const location = tensor.external?.location ?? "";
    checkLocation(location, tensor.name, file);
    byFile.set(location, [...(byFile.get(location) ?? []), tensor]);
  }
  const read: ExternalData[] = [];
  for (const [path, tensors] of byFile) {
    const input = Object.hasOwn(given, path) ? given[path] : await beside(model, path, file);
    read.push({ path, data: await readAll(input, path, tensors, file) });
  }
  return read;
}

/** Throws `FileFormatError` for a place that is not in the model's folder. */
function checkLocation(location: string, name: string, file: string): void {
  // An address takes %2e for a dot.
  const parts = location
    .replace(/%2e/gi, ".")
    .replace(/%2f|%5c/gi, "/")
    .split(/[\\/]/);
  const leaves = parts.includes("..") || parts[0] === "" || /^[a-z][\w+.-]*:/i.test(location);
  if (!leaves && !location.includes("\0")) return;
  throw new FileFormatError(
    file,
    `weights ${JSON.stringify(name)}`,
    "a file in the model's folder",
    JSON.stringify(location.slice(0, 120)),
    {
      advice:
        "a model that reads files elsewhere is not to be trusted; save it again with its weights beside it",
    },
  );
}

async function beside(model: FileInput, location: string, file: string): Promise<FileInput> {
  if (typeof model !== "string" && !(model instanceof URL))
    throw new MissingFile(
      location,
      `${file} keeps its weights there: open the model by its path, or give them as externalData: { "${location}": bytes }`,
    );
  const path = siblingPath(model, location);
  await refuseLinkOutside(model, path, location, file);
  return path;
}

/** A link may lead out of the folder, too; where the model is a link itself, its weights may lie where it does. */
async function refuseLinkOutside(
  model: string | URL,
  path: string,
  location: string,
  file: string,
): Promise<void> {
  const target = await realPath(path);
  const folders = [
    await realPath(siblingPath(model, ".")),
    siblingPath(await realPath(model), "."),
  ];
  if (folders.some((folder) => isWithin(folder, target))) return;
  throw new FileFormatError(
    file,
    `external data ${JSON.stringify(location)}`,
    "a file in the model's folder",
    `a link to ${target}`,
    { advice: "copy the file beside the model if you trust it" },
  );
}

/** Whether a path lies below a folder: one whose name only begins like the folder's does not. */
function isWithin(folder: string, path: string): boolean {
  const open = folder.replace(/[\\/]$/, "");
  return path.startsWith(open) && /^[\\/]/.test(path.slice(open.length));
}

async function readAll(
  input: FileInput,
  path: string,
  tensors: readonly OnnxTensorInfo[],
  file: string,
): Promise<Uint8Array> {
  const source = await openSource(input).catch((error: unknown) => {
    if (!(error instanceof MissingFile)) throw error;
    throw new MissingFile(error.file, `${file} keeps its weights there: put both in one folder`);
  });
  try {
    for (const { name, external } of tensors) {
      const end = (external?.offset ?? 0) + (external?.length ?? 0);
      if (end > source.size)
        throw new FileFormatError(
          source.name,
          `weights ${JSON.stringify(name)}`,
          `at least ${end} bytes`,
          `${source.size}`,
          { advice: `fetch ${path} again: it is cut, or belongs to another model` },
        );
    }
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}
