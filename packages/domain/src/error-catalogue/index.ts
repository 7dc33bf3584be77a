import { SOURCE_ERRORS } from './sources.ts';

/** Every error the product can raise. Codes are stable: they are never renamed and never reused. */
export const ERROR_CATALOGUE = { ...SOURCE_ERRORS };

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
