export { openPackageFolder, type PackageFolder } from './files/package-folder.ts';
export * from './report/format-report.ts';
export * from './report/report.ts';
export * from './verify-package.ts';
