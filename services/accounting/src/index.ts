export type { AccountingDeps } from './deps.ts';
export { type NetworkReport, reportNetwork } from './network-report.ts';
export { accountingRoutes } from './routes.ts';
export { reportYear, type YearLine } from './year-line.ts';
