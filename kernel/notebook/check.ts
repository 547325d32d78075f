import { isObject, isTextList } from "./json.ts";

type Json = Record<string, unknown>;

const cellKinds = ["code", "markdown", "raw"];

/** What in a parsed .ipynb breaks the rules of format 4.5, one sentence a fault; empty when valid. */
export function checkNotebook(notebook: unknown): string[] {
  if (!isObject(notebook)) return ["the file is not a JSON object"];
  const { nbformat, nbformat_minor, metadata, cells } = notebook;
  const faults = [
    ...(nbformat === 4 ? [] : ["nbformat must be 4"]),
    ...(isCount(nbformat_minor) && nbformat_minor >= 5
      ? []
      : ["nbformat_minor must be at least 5"]),
    ...(isObject(metadata) ? checkKernelspec(metadata) : ["metadata must be an object"]),
  ];
  if (!Array.isArray(cells)) return [...faults, "cells must be a list"];
  return [...faults, ...cells.flatMap(checkCell), ...checkUnique(cells)];
}

function checkKernelspec({ kernelspec }: Json): string[] {
  if (kernelspec === undefined) return [];
  const named =
    isObject(kernelspec) &&
    typeof kernelspec.name === "string" &&
    typeof kernelspec.display_name === "string";
  return named ? [] : ["metadata.kernelspec must have name and display_name"];
}

function checkUnique(cells: readonly unknown[]): string[] {
  const ids = cells.map((cell) => (isObject(cell) ? cell.id : undefined));
  const twice = ids.filter((id, i) => id !== undefined && ids.indexOf(id) !== i);
  return [...new Set(twice)].map((id) => `two cells have the id ${JSON.stringify(id)}`);
}

function checkCell(cell: unknown, index: number): string[] {
  const say = (fault: string): string => `cell ${index + 1}: ${fault}`;
  if (!isObject(cell)) return [say("must be an object")];
  const { cell_type, id, metadata, source } = cell;
  const faults = [
    ...(cellKinds.includes(cell_type as string) ? [] : ["cell_type must be code, markdown or raw"]),
    ...(typeof id === "string" && /^[a-zA-Z0-9-_]{1,64}$/.test(id)
      ? []
      : ["id must be 1 to 64 letters, digits, - or _"]),
    ...(isText(source) ? [] : ["source must be text"]),
    ...(isObject(metadata) ? checkCellMetadata(metadata) : ["metadata must be an object"]),
    ...(cell_type === "code" ? checkCode(cell) : checkNoOutputs(cell)),
  ];
  return faults.map(say);
}

function checkCellMetadata({ tags, execution }: Json): string[] {
  const goodTags = tags === undefined || (isTextList(tags) && new Set(tags).size === tags.length);
  const dates =
    execution === undefined ||
    (isObject(execution) && Object.values(execution).every((date) => typeof date === "string"));
  return [
    ...(goodTags ? [] : ["metadata.tags must be different strings"]),
    ...(dates ? [] : ["metadata.execution may hold dates only"]),
  ];
}

function checkNoOutputs(cell: Json): string[] {
  const extra = ["outputs", "execution_count"].filter((key) => key in cell);
  return extra.map((key) => `only a code cell has ${key}`);
}

function checkCode({ outputs, execution_count }: Json): string[] {
  const faults = isCountOrNull(execution_count)
    ? []
    : ["execution_count must be a whole number or null"];
  if (!Array.isArray(outputs)) return [...faults, "outputs must be a list"];
  return [
    ...faults,
    ...outputs.flatMap((output, i) =>
      checkOutput(output).map((fault) => `output ${i + 1}: ${fault}`),
    ),
  ];
}

function checkOutput(output: unknown): string[] {
  if (!isObject(output)) return ["must be an object"];
  switch (output.output_type) {
    case "stream":
      return typeof output.name === "string" && isText(output.text)
        ? checkKeys(output, ["name", "text"])
        : ["a stream needs name and text"];
    case "display_data":
      return [...checkData(output), ...checkKeys(output, ["data", "metadata"])];
    case "execute_result":
      return [
        ...checkData(output),
        ...(isCountOrNull(output.execution_count) ? [] : ["execution_count must be whole or null"]),
        ...checkKeys(output, ["data", "metadata", "execution_count"]),
      ];
    case "error":
      return typeof output.ename === "string" &&
        typeof output.evalue === "string" &&
        isTextList(output.traceback)
        ? checkKeys(output, ["ename", "evalue", "traceback"])
        : ["an error needs ename, evalue and traceback"];
    default:
      return [`unknown output_type ${JSON.stringify(output.output_type)}`];
  }
}

function checkKeys(output: Json, known: readonly string[]): string[] {
  const extra = Object.keys(output).filter((key) => key !== "output_type" && !known.includes(key));
  return extra.map((key) => `unknown key ${key}`);
}

function checkData({ data, metadata }: Json): string[] {
  if (!isObject(data) || !isObject(metadata)) return ["data and metadata must be objects"];
  return Object.entries(data)
    .filter(([mime, value]) => !/^application\/(.*\+)?json$/.test(mime) && !isText(value))
    .map(([mime]) => `${mime} must be text or a list of lines`);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || isTextList(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isCountOrNull(value: unknown): boolean {
  return value === null || isCount(value);
}
