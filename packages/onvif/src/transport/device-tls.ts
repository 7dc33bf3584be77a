import { X509Certificate } from 'node:crypto';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { type CertificatePins, CodedError } from '@minhchung/domain';
import { TLS_CONNECT_DEADLINE_MS } from '../limits.ts';
import { formatFingerprint } from './fingerprint.ts';

export interface DeviceTlsOptions {
  /** `host:port`, for errors. */
  readonly label: string;
  /** The recorder whose certificate is pinned; null: a device being tried, whose certificate is only reported. */
  readonly recorder_id: string | null;
  readonly pins: CertificatePins | null;
  /** Told of every certificate met, before it is judged. */
  readonly onCertificate?: (certificate: SeenCertificate) => void;
}

/** The certificate a device showed. */
export interface SeenCertificate {
  readonly fingerprint_sha256: string;
  /** A public authority vouches for it and for the host name. */
  readonly is_vouched_for: boolean;
  readonly valid_from_ms: number;
  readonly valid_to_ms: number;
}

/**
 * An encrypted connection to a device, handed over only after its certificate was accepted: nothing of a request,
 * no name and no password, leaves before. Rejects with `CERTIFICATE_CHANGED`, `DEVICE_TLS_OLD`, and what the
 * system says.
 */
export async function connectDevice(
  connection: ConnectionOptions,
  options: DeviceTlsOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  // The chain is judged below: cameras sign their own certificates, often with keys of 1024 bits.
  const socket = connect({ ...connection, rejectUnauthorized: false, ciphers: 'DEFAULT@SECLEVEL=0' });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('secureConnect', resolve).once('error', reject);
  socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  const cancel = () => socket.destroy(new CodedError('CANCELLED'));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  const timer = setTimeout(() => socket.destroy(timedOut()), TLS_CONNECT_DEADLINE_MS);
  try {
    await promise;
    const seen = certificateOf(socket);
    options.onCertificate?.(seen);
    await accept(seen, options);
    return socket;
  } catch (error) {
    socket.destroy();
    throw tlsError(error, options.label);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    socket.removeListener('error', reject);
  }
}

function timedOut(): Error {
  return Object.assign(new Error('no encrypted connection came about'), { code: 'ETIMEDOUT' });
}

async function accept(seen: SeenCertificate, options: DeviceTlsOptions): Promise<void> {
  const { recorder_id, pins, label } = options;
  if (recorder_id === null || pins === null || (await pins.accepts(recorder_id, seen))) return;
  throw new CodedError('CERTIFICATE_CHANGED', {
    address: label,
    fingerprint: formatFingerprint(seen.fingerprint_sha256),
    fingerprint_sha256: seen.fingerprint_sha256,
  });
}

function certificateOf(socket: TLSSocket): SeenCertificate {
  const raw = socket.getPeerX509Certificate()?.raw;
  if (raw === undefined) throw new Error('no certificate');
  const certificate = new X509Certificate(raw);
  return {
    fingerprint_sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    is_vouched_for: socket.authorized,
    valid_from_ms: Date.parse(certificate.validFrom),
    valid_to_ms: Date.parse(certificate.validTo),
  };
}

const TOO_OLD = {
  vi: 'thiết bị chỉ có TLS 1.0 hoặc 1.1, đã lỗi thời và không an toàn',
  en: 'it offers only TLS 1.0 or 1.1, which are outdated and not safe',
};
const NO_TLS = {
  vi: 'cổng này không mã hóa; thử địa chỉ http://',
  en: 'this port does not encrypt; try the http:// address',
};

/** OpenSSL names the reasons; which of them comes depends on who gives up first. */
function tlsError(error: unknown, address: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!code.startsWith('ERR_SSL_')) return error;
  const is_old = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/.test(code);
  const is_plain = /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/.test(code);
  const reason = is_old ? TOO_OLD : is_plain ? NO_TLS : { vi: code, en: code };
  const details = { address, reason: reason.en, reason_vi: reason.vi, tls: code };
  return new CodedError('DEVICE_TLS_OLD', details, { cause: error });
}
