import type { Page, PageRequest } from '@minhchung/store';
import { REPORT_PAGE_ROWS } from './limits.ts';

/** Every row of a paged list, one page in memory at a time. */
export async function* allRows<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: REPORT_PAGE_ROWS, after });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

/** The same, page by page. */
export async function* allPages<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: REPORT_PAGE_ROWS, after });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}
