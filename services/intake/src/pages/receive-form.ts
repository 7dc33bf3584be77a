import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { CodedError, type Upload } from '@minhchung/domain';
import type { FastifyRequest } from 'fastify';
import type { IntakeActDeps } from '../deps.ts';
import { FORM_FIELD_BYTES_MAX, FORM_FIELDS_MAX } from '../limits.ts';
import { noteReceived } from '../receive/note-received.ts';
import { readDeclaration } from '../receive/read-declaration.ts';
import type { Sender } from '../receive/sender.ts';
import { startUpload } from '../receive/start-upload.ts';

/**
 * Takes in a file that a plain form sends in one piece, for browsers without script. Its size is known when it is
 * whole, so it is received first and counted then. Throws what handing in throws; then nothing of it stays.
 */
export function receiveForm(deps: IntakeActDeps) {
  return async (sender: Sender, request: FastifyRequest): Promise<Upload> => {
    const id = deps.newId();
    await deps.quarantine.create(id);
    try {
      const { fields, file_name, size_bytes } = await readParts(deps, id, request);
      const text = (name: string) => fields.get(name) ?? '';
      const typed = { start: text('start'), end: '', clock: text('clock') };
      const declared = readDeclaration(
        { ...typed, shown: text('shown'), truth: text('truth') },
        deps.time.now_ms(),
      );
      const wanted = {
        id,
        file_name,
        file_modified_ms: null,
        size_bytes,
        received_bytes: size_bytes,
        declared,
      };
      const upload = await startUpload(deps)(sender, wanted);
      await noteReceived(deps)(upload);
      return upload;
    } catch (error) {
      const row = await deps.store.uploads.byId(id);
      if (row === null) await deps.quarantine.remove(id);
      throw error;
    }
  };
}

interface ReadParts {
  readonly fields: ReadonlyMap<string, string>;
  readonly file_name: string;
  readonly size_bytes: number;
}

async function readParts(deps: IntakeActDeps, id: string, request: FastifyRequest): Promise<ReadParts> {
  const content_type = request.headers['content-type'];
  if (content_type === undefined) throw new CodedError('MEDIA_TYPE_UNSUPPORTED', { content_type: '' });
  const { file_bytes_max } = deps.settings.intake;
  const parts = parserOf(content_type, file_bytes_max);
  const fields = new Map<string, string>();
  return new Promise<ReadParts>((resolve, reject) => {
    let received: Promise<Pick<ReadParts, 'file_name' | 'size_bytes'>> | null = null;
    const fail = (error: unknown) => {
      request.raw.unpipe(parts);
      request.raw.resume();
      reject(error);
    };
    parts.on('field', (name, value) => fields.set(name, value));
    parts.on('file', (name, stream, file_name) => {
      if (name !== 'file' || received !== null) {
        stream.resume();
        return;
      }
      received = deps.quarantine
        .append({
          id,
          from_bytes: 0,
          bytes: stream as AsyncIterable<Uint8Array>,
          onDurable: async () => true,
        })
        .then((size_bytes) => {
          if (stream.truncated) throw new CodedError('UPLOAD_TOO_LARGE', { size_bytes_max: file_bytes_max });
          return { file_name: file_name ?? '', size_bytes };
        });
      received.catch(fail);
    });
    parts.on('error', (error) => fail(new CodedError('BODY_UNREADABLE', { reason: '' }, { cause: error })));
    request.raw.on('aborted', () => fail(new CodedError('CANCELLED')));
    parts.on('finish', () => {
      if (received === null) fail(new CodedError('UPLOAD_EMPTY'));
      else received.then((file) => resolve({ fields, ...file }), fail);
    });
    request.raw.pipe(parts);
  });
}

function parserOf(content_type: string, file_bytes_max: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': content_type },
      limits: {
        ...{ files: 1, fields: FORM_FIELDS_MAX, fieldSize: FORM_FIELD_BYTES_MAX, fieldNameSize: 100 },
        ...{ parts: FORM_FIELDS_MAX + 1, fileSize: file_bytes_max, headerPairs: 20 },
      },
    });
  } catch (error) {
    throw new CodedError('BODY_UNREADABLE', { reason: '' }, { cause: error });
  }
}
