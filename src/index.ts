export { Rdm } from "./rdm/rdm.ts";
