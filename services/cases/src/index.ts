export type { CasesDeps } from './deps.ts';
export { decideByNumber } from './requests/decide-by-number.ts';
export type { SubmittedDraft } from './requests/draft.ts';
export { RequestRefused } from './requests/problems.ts';
export { type ImportedFootage, submitImported } from './requests/submit-imported.ts';
export { previewRequest } from './requests/submit-request.ts';
export { sweepUrgent } from './requests/sweep-urgent.ts';
export { casesRoutes } from './routes.ts';
