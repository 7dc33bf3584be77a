import { randomBytes } from 'node:crypto';
import { DefaultHttpStack, Upload, type UploadOptions } from 'tus-js-client';
import { ORIGIN } from './world.ts';

/** A file of these bytes as people send one. */
export interface SentFile {
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The tus client itself, as a browser with this cookie would use it. */
export function tusUpload(
  url: string,
  cookie: string,
  { bytes, metadata }: SentFile,
  options: Partial<UploadOptions> = {},
): { readonly upload: Upload; readonly done: Promise<void> } {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const upload = new Upload(bytes, {
    ...{ endpoint: `${url}/api/uploads`, metadata: { ...metadata }, chunkSize: 64 * 1024 },
    // The server listens on a port of its own, and knows the address people type.
    ...{ headers: { cookie, origin: ORIGIN }, retryDelays: [10, 20, 50, 100, 200, 400] },
    httpStack: new DefaultHttpStack({}),
    ...options,
    onSuccess: () => resolve(),
    onError: reject,
  });
  upload.start();
  return { upload, done };
}

/** Bytes that look like no footage at all. */
export function noise(size_bytes: number): Buffer {
  return randomBytes(size_bytes);
}

/** What is typed of a file that begins when the wanted span does. */
export const DECLARED = {
  filename: 'cổng nhà.mp4',
  start: '22/11/2026 14:00:00',
  clock: 'true_time',
} as const;
