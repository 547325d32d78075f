import { searchlightRow } from "../searchlight-row.mjs";

export const row = searchlightRow(100, { 1: 8, 2: 15 });
