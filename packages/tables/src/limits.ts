/** Limits on tables from outside: a file may be hostile, and the service reads it for others at the same time. */

/** Bytes of a file as it is sent: 20,000 rows are 9 MB of CSV in UTF-8, twice that in UTF-16. */
export const FILE_SIZE_MAX_BYTES = 20_000_000;

/** Rows of one sheet that hold anything, title rows included. */
export const SHEET_ROWS_MAX = 50_000;

/** Row numbers above this are no list: a stray cell in Excel's last row makes a sheet of a million rows. */
export const SHEET_ROW_NUMBER_MAX = 200_000;

/** Columns of one row; the register has about thirty, ward lists add a dozen of their own. */
export const ROW_CELLS_MAX = 500;

/** Sheets of one workbook: a ward keeps a few, an old file of a city one per ward. */
export const SHEETS_MAX = 100;

/** Characters of one cell that are kept; Excel's own limit is 32,767. */
export const CELL_CHARS_MAX = 4_000;

/** Cells of all sheets together: 20,000 rows of 50 columns, with room. */
export const CELLS_MAX = 2_000_000;

/** Parts of a workbook: a hundred sheets with drawings, comments and printer settings stay far below. */
export const ZIP_ENTRIES_MAX = 2_000;

/** One part unpacked: a sheet of 20,000 rows of 30 columns is about 40 MB. */
export const ZIP_ENTRY_SIZE_MAX_BYTES = 100_000_000;

/** All parts unpacked. */
export const ZIP_TOTAL_SIZE_MAX_BYTES = 200_000_000;

/** Unpacked to packed: sheets reach 20 to 60, one long run of zeros 1,000. */
export const ZIP_RATIO_MAX = 200;

/** Parts smaller than this are not judged by their ratio: an empty stylesheet packs very well. */
export const ZIP_RATIO_FROM_BYTES = 1_000_000;

/** Merged areas of a sheet that are filled; lists have dozens. */
export const MERGES_MAX = 20_000;

/** Physical lines of a CSV that one record with line breaks in its cells may span. */
export const RECORD_LINES_MAX = 20;

/** CSV files below this are taken apart where they are asked for: it takes less time than starting a thread. */
export const INLINE_SIZE_MAX_BYTES = 200_000;

/** Heap of the thread that reads a file; it dies at this, not the service. */
export const READER_HEAP_MAX_MB = 640;

/** Stack of that thread: deeply nested XML ends in an error of its own. */
export const READER_STACK_MAX_MB = 4;

/** A file that takes longer than this is hostile: 20,000 rows take about two seconds. */
export const READER_TIME_MAX_MS = 30_000;

/** Files read at once by one process; further ones wait their turn. */
export const READERS_MAX = 2;

/** Rows handed over from the thread at a time: few enough not to hold the event loop up. */
export const ROWS_PER_MESSAGE = 500;

/** Rows written between two looks at the event loop, and into one piece of a CSV. */
export const ROWS_PER_PIECE = 200;
