import { CodedError, type ErrorCode, isCoded } from '@minhchung/domain';

/** What a device's error means to somebody who wanted footage of it. */
const MEANINGS: Partial<Record<ErrorCode, ErrorCode>> = {
  DEVICE_UNREACHABLE: 'SOURCE_UNREACHABLE',
  DEVICE_TIMEOUT: 'SOURCE_UNREACHABLE',
  DEVICE_REFUSED: 'SOURCE_REFUSED',
  DEVICE_BROKEN: 'SOURCE_BROKEN',
  DEVICE_UNSUPPORTED: 'SOURCE_BROKEN',
};

/** Runs a question to a device with its errors turned into those of a `FootageSource`. */
export async function asSource<T>(address: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw toSourceError(error, address);
  }
}

function toSourceError(error: unknown, address: string): unknown {
  const code = isCoded(error) ? MEANINGS[error.code] : undefined;
  if (!isCoded(error) || code === undefined) return error;
  return new CodedError(code, { address, reason: reasonOf(error) }, { cause: error });
}

function reasonOf(error: CodedError): string {
  switch (error.code) {
    case 'DEVICE_TIMEOUT':
      return `no answer within ${error.details.deadline_ms} ms`;
    case 'DEVICE_UNSUPPORTED':
      return `it does not offer ${error.details.feature}`;
    default:
      return String(error.details.reason ?? error.code);
  }
}
