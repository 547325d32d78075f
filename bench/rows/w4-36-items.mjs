import { searchlightRow } from "../searchlight-row.mjs";

export const row = searchlightRow(36, { 1: 36, 2: 65 });
