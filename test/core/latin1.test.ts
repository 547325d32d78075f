import { expect, test } from "vitest";
import { latin1Bytes, latin1Text } from "../../src/core/latin1.ts";
import { readCsvColumns } from "../../src/io/csv/index.ts";

test("every byte is the character of its number, on every version of Node", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
  const text = latin1Text(bytes);
  expect(Array.from(text, (c) => c.charCodeAt(0))).toEqual([...bytes]);
  expect(latin1Bytes(text)).toEqual(bytes);
});

test("a character without a byte has no bytes", () => {
  expect(latin1Bytes("ā")).toBeUndefined();
});

test("a CSV in latin1 keeps the bytes from 0x80 to 0x9f apart, as pandas does", async () => {
  const file = new Uint8Array([0x61, 0x0a, 0x93, 0x0a, 0xe4, 0x0a]);
  const { columns } = await readCsvColumns(file, { encoding: "latin1" });
  expect(columns.get("a")).toEqual(["\u0093", "ä"]);
});
