// It lives on the ground floor because the demo data, which stand on io and core alone, draw from it too.
export { random, type Random } from "../core/random.ts";
