import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DerivativeMaker } from '@minhchung/domain';

/** A JPEG of no size: its markers for beginning and end. */
const EMPTY_JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

type Made = Awaited<ReturnType<DerivativeMaker['playable']>>;

/**
 * The real maker of playable copies, asked once for the same part of the same bytes: many cases come to the very same
 * master, whatever their source and their clock. Contact sheets, which take most of a case's time and which other
 * tests look at, are left blank.
 */
export function withSharedCopies(directory: string): (maker: DerivativeMaker) => DerivativeMaker {
  const made = new Map<string, Promise<Made & { readonly path: string }>>();
  return (maker) => {
    let versions: ReturnType<DerivativeMaker['versions']> | null = null;
    const make = async (key: string, request: Parameters<DerivativeMaker['playable']>[0]) => {
      await mkdir(directory, { recursive: true });
      const path = join(directory, `${createHash('sha256').update(key).digest('hex')}.mp4`);
      return { ...(await maker.playable({ ...request, output_path: path })), path };
    };
    return {
      async playable(request) {
        const hash = createHash('sha256').update(await readFile(request.master_path));
        const key = `${hash.digest('hex')} ${request.from_us} ${request.to_us}`;
        const making = made.get(key) ?? make(key, request);
        made.set(key, making);
        const { path, ...result } = await making;
        await copyFile(path, request.output_path);
        return result;
      },
      contactSheet: ({ output_path }) => writeFile(output_path, EMPTY_JPEG),
      versions: () => (versions ??= maker.versions()),
    };
  };
}
