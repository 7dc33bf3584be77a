import type { RtspRequest } from './request-reader.ts';

export interface RtspReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `WWW-Authenticate`. */
  readonly challenges?: readonly string[];
  readonly body?: string;
  /** Run after the reply was written. */
  readonly after?: () => void;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  401: 'Unauthorized',
  404: 'Not Found',
  454: 'Session Not Found',
  457: 'Invalid Range',
  461: 'Unsupported Transport',
  501: 'Not Implemented',
  551: 'Option not supported',
};

/** The reply as bytes, with the request's CSeq. */
export function formatReply(request: RtspRequest, reply: RtspReply): string {
  const lines = [
    `RTSP/1.0 ${reply.status} ${REASONS[reply.status] ?? 'Error'}`,
    `CSeq: ${request.headers.cseq ?? 0}`,
    ...Object.entries(reply.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(reply.challenges ?? []).map((challenge) => `WWW-Authenticate: ${challenge}`),
    ...(reply.body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(reply.body)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${reply.body ?? ''}`;
}
