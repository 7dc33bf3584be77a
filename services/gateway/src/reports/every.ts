import type { Page, PageRequest } from '@minhchung/store';

const ROWS_PER_PAGE = 200;

/** The pages of a list, one after the other. */
export async function* everyPage<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
): AsyncGenerator<readonly T[], void, void> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: ROWS_PER_PAGE, after });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

/** All rows in memory, for lists that end on one screen or in one JSON object. */
export async function everyRow<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of everyPage(list)) rows.push(...page);
  return rows;
}
