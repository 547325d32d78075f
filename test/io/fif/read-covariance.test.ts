import { expect, test } from "vitest";
import { readFifCovariance } from "../../../src/io/fif/read-covariance.ts";
import { readFifInfo } from "../../../src/io/fif/info.ts";
import { expected, fixture } from "./fixtures.ts";

interface ExpectedCovariance<Data> {
  names: string[];
  dim: number;
  nfree: number;
  bads: string[];
  data: Data;
}
interface Both {
  full: ExpectedCovariance<number[][]>;
  diag: ExpectedCovariance<number[]>;
}

test("a full covariance, as MNE-Python reads it", async () => {
  const want = expected<Both>("cov").full;
  const found = await readFifCovariance(fixture("full-cov.fif"));
  expect([...found.data]).toEqual(want.data.flat());
  expect(found).toMatchObject({ names: want.names, bads: want.bads, isDiagonal: false });
  expect(found.degreesOfFreedom).toBe(want.nfree);
});

test("a diagonal covariance, as MNE-Python reads it", async () => {
  const want = expected<Both>("cov").diag;
  const found = await readFifCovariance(fixture("diag-cov.fif"));
  const diagonal = want.data.map((_, i) => found.data[i * want.dim + i]);
  expect(diagonal).toEqual(want.data);
  expect(found.data.filter((value) => value !== 0).length).toBe(want.dim);
  expect(found).toMatchObject({ names: want.names, bads: want.bads, isDiagonal: true });
  expect(found.degreesOfFreedom).toBe(want.nfree);
});

test("a file without a covariance or an info is refused", async () => {
  const noCovariance = readFifCovariance(fixture("two-ave.fif"));
  await expect(noCovariance).rejects.toThrow(/expected covariance \(block 355\), found none/);
  const noInfo = readFifInfo(fixture("full-cov.fif"));
  await expect(noInfo).rejects.toThrow(/expected measurement \(block 100\), found none/);
});

test("the info alone", async () => {
  const info = await readFifInfo(fixture("gz-epo.fif.gz"));
  expect(info.channels.length).toBe(30);
  expect(info.projections.map(({ active }) => active)).toEqual([false, false]);
});
