import { searchlightRow } from "../searchlight-row.mjs";

export const row = searchlightRow(36, { 1: 16, 2: 28 });
