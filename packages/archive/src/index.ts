export { MANIFEST_NAME } from './keys.ts';
export * from './local/local-archive.ts';
