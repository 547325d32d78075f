import { expect, test } from "vitest";
import { InvalidArgument, UnknownOption } from "../../src/core/index.ts";
import { asMatrix, npzBytes, readNpzArray } from "../../src/io/index.ts";

test("one array by name; a name that is not there is told with the nearest", async () => {
  const file = await npzBytes({
    embeddings: { data: Float64Array.of(1, 2), shape: [1, 2] },
    k: [7],
  });
  expect(asMatrix(await readNpzArray(file, "embeddings")).data).toEqual(Float64Array.of(1, 2));
  await expect(readNpzArray(file, "embedding")).rejects.toThrow(/did you mean "embeddings"/);
  await expect(readNpzArray(file, "x")).rejects.toThrow(UnknownOption);
  await expect(readNpzArray(file, 0 as unknown as string)).rejects.toThrow(InvalidArgument);
});
