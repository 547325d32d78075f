export {
  matTexts,
  type MatCell,
  type MatStruct,
  type MatUnreadable,
  type MatValue,
} from "./mat-value.ts";
export { readMat, type ReadMatOptions } from "./read-mat.ts";
