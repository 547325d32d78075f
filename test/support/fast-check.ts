import fc from "fast-check";

/**
 * fast-check with one seed for all tests, so that a commit passes or fails and luck has no say.
 * `TSRSA_TEST_SEED=random` (or a number) draws other examples: run it so now and then to find new ones.
 */
const seed = process.env.TSRSA_TEST_SEED ?? "20261130";

if (seed !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

export { fc };
