import { CodedError, type Upload as UploadRow } from '@minhchung/domain';
import { DataStore, Upload } from '@tus/server';
import type { IntakeActDeps } from '../deps.ts';
import type { FileLocks } from '../quarantine/locks.ts';
import { noteReceived } from './note-received.ts';
import { readDeclaration } from './read-declaration.ts';
import { isOwnUpload, type Sender } from './sender.ts';
import { startUpload, takeBack } from './start-upload.ts';

/** What the store needs to know of the call it serves. */
export interface TusCall {
  readonly sender: Sender;
}

export interface PartStoreOptions extends IntakeActDeps {
  /** The call being served. */
  readonly call: () => TusCall;
  readonly locks: FileLocks;
  /** Told when a file is whole. */
  readonly onReceived: () => void;
}

type Body = Parameters<DataStore['write']>[0];

/**
 * The tus server's store over quarantine and database: offsets are what was brought to disk and noted, names and
 * metadata never reach the file system, and every file is its sender's alone. Throws coded errors.
 */
export class PartStore extends DataStore {
  readonly #options: PartStoreOptions;

  constructor(options: PartStoreOptions) {
    super();
    this.#options = options;
    this.extensions = ['creation', 'termination', 'expiration'];
  }

  override async create(file: Upload): Promise<Upload> {
    const { call, quarantine, time } = this.#options;
    const { metadata = {}, size } = file;
    const text = (name: string) => metadata[name] ?? '';
    const modified_ms = Number(text('modified'));
    const declared = readDeclaration(
      {
        ...{ start: text('start'), end: text('end'), clock: text('clock') },
        ...{ shown: text('shown'), truth: text('truth') },
      },
      time.now_ms(),
    );
    const row = await startUpload(this.#options)(call().sender, {
      ...{ id: file.id, file_name: text('filename'), size_bytes: size ?? 0, received_bytes: 0, declared },
      file_modified_ms: Number.isSafeInteger(modified_ms) && modified_ms > 0 ? modified_ms : null,
    });
    await quarantine.create(row.id);
    return file;
  }

  override async write(stream: Body, id: string, offset: number): Promise<number> {
    const { store, quarantine, time, locks, onReceived } = this.#options;
    const row = await this.#own(id);
    let durable_bytes = offset;
    const reached = await quarantine.append({
      ...{ id, from_bytes: offset, bytes: upTo(stream, row.size_bytes - offset) },
      onBytes: () => locks.sign(id),
      onDurable: async (to_bytes) => {
        const is_noted = await store.uploads.advance(id, durable_bytes, to_bytes, time.now_ms());
        durable_bytes = to_bytes;
        return is_noted;
      },
    });
    if (reached === row.size_bytes) {
      await noteReceived(this.#options)(row);
      onReceived();
    }
    return reached;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { size_bytes, received_bytes, created_at_ms } = await this.#own(id);
    const creation_date = new Date(created_at_ms).toISOString();
    return new Upload({ id, size: size_bytes, offset: received_bytes, creation_date });
  }

  override async remove(id: string): Promise<void> {
    await takeBack(this.#options)(this.#options.call().sender, id);
  }

  async #own(id: string): Promise<UploadRow> {
    const { store, time, call } = this.#options;
    const row = await store.uploads.byId(id);
    if (row === null || row.state === 'removed' || !isOwnUpload(call().sender, row)) {
      throw new CodedError('UPLOAD_UNKNOWN');
    }
    if (row.state === 'receiving' && row.expires_at_ms <= time.now_ms())
      throw new CodedError('UPLOAD_EXPIRED');
    return row;
  }
}

/** No more than was announced: the tus server counts too, but what is on disk is ours to answer for. */
async function* upTo(bytes: AsyncIterable<Uint8Array>, bytes_max: number): AsyncGenerator<Uint8Array> {
  let left_bytes = bytes_max;
  for await (const chunk of bytes) {
    if (chunk.byteLength > left_bytes)
      throw new CodedError('UPLOAD_TOO_LARGE', { size_bytes_max: bytes_max });
    left_bytes -= chunk.byteLength;
    yield chunk;
  }
}
