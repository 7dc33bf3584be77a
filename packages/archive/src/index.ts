export { MANIFEST_NAME } from './keys.ts';
export * from './local/local-archive.ts';
export * from './s3/options.ts';
export { createS3Archive } from './s3/s3-archive.ts';
