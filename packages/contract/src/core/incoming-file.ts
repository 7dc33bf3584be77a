import type { IncomingFile } from './types.ts';

/** Wraps an answer that is a file. The body is read once, by the caller. */
export function incomingFile(response: Response): IncomingFile {
  const body = response.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
  const length = response.headers.get('content-length');
  return {
    content_type: response.headers.get('content-type') ?? 'application/octet-stream',
    file_name: fileName(response.headers.get('content-disposition')),
    size_bytes: length === null ? null : Number(length),
    body,
    text: () => readText(body, Number.POSITIVE_INFINITY),
  };
}

/** Reads a body as UTF-8, at most `size_bytes_max` of it. */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  size_bytes_max: number,
): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let size_bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size_bytes += value.byteLength;
    if (size_bytes > size_bytes_max) {
      await reader.cancel();
      return text;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** `filename*` of RFC 6266, else `filename`. */
function fileName(disposition: string | null): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return null;
    }
  }
  return /filename="([^"]*)"/i.exec(disposition ?? '')?.[1] ?? null;
}
