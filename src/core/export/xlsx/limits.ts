/** Rows below the names, and columns, that a sheet has room for (ECMA-376: 1,048,576 x 16,384). */
export const MOST_XLSX_ROWS = 1_048_575;
export const MOST_XLSX_COLUMNS = 16_384;
/** Characters that a cell has room for. */
export const MOST_XLSX_TEXT = 32_767;
