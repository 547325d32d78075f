import { searchlightRow } from "../searchlight-row.mjs";

export const row = searchlightRow(100, { 1: 16, 2: 30 });
