export type { CasesDeps } from './deps.ts';
export { sweepUrgent } from './requests/sweep-urgent.ts';
export { casesRoutes } from './routes.ts';
