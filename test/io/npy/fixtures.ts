import { fileURLToPath } from "node:url";

/** Path of a fixture written by numpy. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/npy/${name}`, import.meta.url));
}

/** One entry of expected.json. */
export interface ExpectedArray {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: unknown[];
}
