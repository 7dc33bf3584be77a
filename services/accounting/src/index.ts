export { type CountWish, counted } from './counted.ts';
export type { AccountingDeps } from './deps.ts';
export { type YearUnderMap, yearUnderMap } from './map/year-under-map.ts';
export { type NetworkReport, reportNetwork, type WardReport } from './network/network-report.ts';
export { type SchemeReport, worstFirst } from './network/scheme-reports.ts';
export { reportUptime, type UptimeReport, type UptimeRules } from './network/uptime.ts';
export { accountingRoutes } from './routes.ts';
export { reportYear, type YearLine } from './year-line.ts';
