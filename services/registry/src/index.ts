export type { RegistryDeps } from './deps.ts';
export type { ImportReport, ReportedRow, RowOutcome } from './import/report.ts';
export { importCameras } from './import-cameras.ts';
export { registryRoutes } from './routes.ts';
export * from './units/index.ts';
