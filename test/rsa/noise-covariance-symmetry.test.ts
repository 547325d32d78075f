import { expect, test } from "vitest";
import { compareRdms, Rdm } from "tsrsa";

const [a, b] = [new Rdm([1, 2, 3, 4, 5, 7]), new Rdm([2, 1, 3, 5, 4, 6])];
const compare = async (change: (sigma: number[][]) => void) => {
  const sigma = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
  change(sigma);
  return await compareRdms(a, b, { method: "cosine_cov", sigma });
};

test("rounding on either side of the diagonal is no asymmetry", async () => {
  const rounded = compare((sigma) => ([sigma[1][2], sigma[2][1]] = [0.3, 0.3 + 3e-16]));
  await expect(rounded).resolves.toBeDefined();
});

test("a large first column hides none", async () => {
  const large = (sigma: number[][]) => {
    sigma[0][0] = 1e12;
    sigma[1][0] = sigma[0][1] = sigma[2][0] = sigma[0][2] = 1e4;
    [sigma[1][2], sigma[2][1]] = [0.3, 0.30002];
  };
  await expect(compare(large)).rejects.toThrow(/symmetric/);
  await expect(compare((sigma) => (sigma[1][2] = sigma[2][1] = NaN))).rejects.toThrow();
});
