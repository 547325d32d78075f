import { fileExists, siblingPath } from "#platform/files";
import { inflateZlib } from "#platform/zlib";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile, TsrsaError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import type { Budget } from "../budget/budget.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { base64Bytes } from "./base64.ts";

/** A file that is being read. */
export interface GiftiInput {
  readonly name: string;
  /** What the reader was given: beside a path lie external files. */
  readonly input: FileInput;
  /** Bytes of external files, by name; where the GIFTI file is given as bytes. */
  readonly external: ReadonlyMap<string, FileInput>;
  readonly budget: Budget;
}

/** The bytes of a binary array: exactly `expected`. Throws `FileFormatError`, `MissingFile`. */
export async function arrayBytes(
  element: XmlElement,
  data: string,
  expected: number,
  file: GiftiInput,
): Promise<Uint8Array> {
  const encoding = element.attributes.get("Encoding");
  if (encoding === "ExternalFileBinary") return externalBytes(element, expected, file);
  const packed = base64Bytes(data);
  if (packed === undefined)
    throw fault(file, "Data", "base64", "other letters, or a length that base64 does not have");
  if (encoding !== "GZipBase64Binary") return checked(packed, expected, file);
  return checked(await inflated(packed, expected, file), expected, file);
}

async function inflated(
  packed: Uint8Array,
  expected: number,
  file: GiftiInput,
): Promise<Uint8Array> {
  return inflateZlib(packed, expected).catch((cause: unknown) => {
    if (cause instanceof TsrsaError) throw cause;
    const found = cause instanceof Error ? cause.message : String(cause);
    throw fault(file, "Data", `a zlib stream of ${expected} bytes`, found);
  });
}

function checked(bytes: Uint8Array, expected: number, file: GiftiInput): Uint8Array {
  if (bytes.length === expected) return bytes;
  throw fault(file, "Data", `${expected} bytes, as its dimensions say`, `${bytes.length}`);
}

async function externalBytes(
  { attributes }: XmlElement,
  expected: number,
  file: GiftiInput,
): Promise<Uint8Array> {
  const name = attributes.get("ExternalFileName") ?? "";
  const offset = Number(attributes.get("ExternalFileOffset") || "0");
  if (!/^[^/\\:\0]+$/.test(name) || name === "." || name === "..")
    throw fault(
      file,
      "ExternalFileName",
      "the name of a file in the same folder",
      JSON.stringify(name),
    );
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw fault(
      file,
      "ExternalFileOffset",
      "a number of bytes",
      String(attributes.get("ExternalFileOffset")),
    );
  const source = await openSource(await externalOf(name, file));
  try {
    if (offset + expected > source.size)
      throw fault(
        file,
        `external file ${name}`,
        `${expected} bytes from byte ${offset}`,
        `a file of ${source.size} bytes`,
      );
    file.budget.take(expected, `external file ${name}`);
    return Uint8Array.from(await source.read(offset, expected));
  } finally {
    await source.close();
  }
}

async function externalOf(
  name: string,
  { name: of, input, external }: GiftiInput,
): Promise<FileInput> {
  const given = external.get(name);
  if (given !== undefined) return given;
  const path = siblingPath(of, name);
  const isPath = typeof input === "string" || input instanceof URL;
  if (isPath && (await fileExists(path))) return path;
  throw new MissingFile(
    isPath ? path : name,
    `${of} keeps its numbers there; ${isPath ? "keep both files in one folder" : "give it in the option external, by its name"}`,
  );
}

function fault(
  { name }: GiftiInput,
  field: string,
  expected: string,
  found: string,
): FileFormatError {
  return new FileFormatError(name, field, expected, found);
}
