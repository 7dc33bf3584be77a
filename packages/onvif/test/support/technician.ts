import { type Bilingual, CodedError, isCoded } from '@minhchung/domain';
import { expect } from 'vitest';

/** The error of a question that must fail. */
export async function failureOf(question: Promise<unknown>): Promise<CodedError> {
  const error = await question.then(
    () => new Error('It was answered.'),
    (reason: unknown) => reason,
  );
  if (!isCoded(error)) throw error;
  return error;
}

/** Holds what a technician reads to its duties: what happened, to what, what to do next, in both languages. */
export function expectReadable(texts: Bilingual, about: { vi: RegExp; en: RegExp }, address?: string): void {
  for (const [language, text] of Object.entries(texts)) {
    expect(text).toMatch(about[language as 'vi' | 'en']);
    expect(text).not.toMatch(/[{}]|undefined|null|NaN/);
    expect(text.split(/[.;:] +/).length, `one sentence for what, one for what next: ${text}`).toBeGreaterThan(
      1,
    );
    if (address !== undefined) expect(text).toContain(address);
  }
  expect(texts.vi).toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹ]/i);
  expect(texts.en).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹ]/i);
}

/** The same for a coded error of a device at this address. */
export function expectReadableError(
  error: CodedError,
  code: CodedError['code'],
  address: string,
  about: { vi: RegExp; en: RegExp },
): void {
  expect(error).toBeInstanceOf(CodedError);
  expect(error.code).toBe(code);
  expectReadable(error.texts, about, address);
}
