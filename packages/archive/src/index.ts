export { MANIFEST_NAME } from './keys.ts';
export * from './local/local-archive.ts';
export * from './s3/create-s3-archive.ts';
export * from './s3/options.ts';
