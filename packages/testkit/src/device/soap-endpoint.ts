import { faultBody, readSoapRequest, SoapFault, soapEnvelope } from '../soap/envelope.ts';
import { SERVICE_PATHS } from './addresses.ts';
import type { Credentials } from './credentials.ts';
import type { DeviceModel, ServiceOperations } from './device-model.ts';
import type { DigestAuthority } from './http-digest.ts';
import { UNAUTHORIZED_PAGE } from './odd-answers.ts';
import { DEVICE_OPERATIONS, PRE_AUTH_OPERATIONS } from './services/device-service.ts';
import { MEDIA_OPERATIONS } from './services/media-service.ts';
import { RECORDING_OPERATIONS } from './services/recording-service.ts';
import { REPLAY_OPERATIONS } from './services/replay-service.ts';
import { SEARCH_OPERATIONS } from './services/search-service.ts';
import type { UsernameTokenAuthority } from './username-token.ts';

const SERVICES = {
  device: DEVICE_OPERATIONS,
  media: MEDIA_OPERATIONS,
  recording: RECORDING_OPERATIONS,
  search: SEARCH_OPERATIONS,
  replay: REPLAY_OPERATIONS,
} as const;

/** Ways to sign in that a device accepts. Either may be absent, as in real devices. */
export interface Authorities {
  readonly credentials: Credentials;
  /** What is accepted may change while the device runs: firmware updates do that (quirk 10). */
  username_token: UsernameTokenAuthority | null;
  digest: DigestAuthority | null;
}

/** One HTTP POST, without the connection it came on. */
export interface SoapPost {
  readonly path: string;
  /** Path and query, as in the request line. */
  readonly uri: string;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly document: string;
}

export interface SoapAnswer {
  readonly operation: string;
  readonly status: number;
  readonly body: string;
  /** Values of `WWW-Authenticate`. */
  readonly challenges: readonly string[];
}

/** Thrown when the client must sign in by HTTP digest. */
class DigestChallenge extends Error {
  readonly challenges: readonly string[];
  constructor(challenges: readonly string[]) {
    super('401');
    this.challenges = challenges;
  }
}

/** Answers one SOAP request truthfully. Never throws. */
export function answerSoap(device: DeviceModel, authorities: Authorities, post: SoapPost): SoapAnswer {
  let operation = '';
  try {
    const request = readSoapRequest(post.document);
    operation = request.operation;
    const operations = operationsAt(device, post.path);
    if (request.security && device.quirks.refuses_security_header) throw securityNotUnderstood();
    if (!isOpenToAll(device, operation)) authorize(device, authorities, post, request.security);
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!answer) throw new SoapFault(['ter:ActionNotSupported'], `${operation} is not implemented.`, 500);
    const body = answer({ device, body: request.body, host: device.faults.advertised_host ?? post.host });
    return { operation, status: 200, body: soapEnvelope(body), challenges: [] };
  } catch (error) {
    if (error instanceof DigestChallenge) {
      const body = isForDigestOnly(device, post) ? UNAUTHORIZED_PAGE : '';
      return { operation, status: 401, body, challenges: error.challenges };
    }
    const fault = error instanceof SoapFault ? error : new SoapFault(['ter:Action'], String(error), 500);
    return { operation, status: fault.status, body: soapEnvelope(faultBody(fault)), challenges: [] };
  }
}

function operationsAt(device: DeviceModel, path: string): ServiceOperations {
  for (const name of Object.keys(SERVICES) as (keyof typeof SERVICES)[]) {
    const offered = name === 'device' || name === 'media' || device.services.has(name);
    if (offered && SERVICE_PATHS[name] === path) return SERVICES[name];
  }
  throw new SoapFault(['ter:ActionNotSupported'], `There is no service at ${path}.`, 500);
}

function isOpenToAll(device: DeviceModel, operation: string): boolean {
  if (operation === 'GetSystemDateAndTime') return device.quirks.clock_answer !== 'account_only';
  return PRE_AUTH_OPERATIONS.has(operation);
}

function isForDigestOnly(device: DeviceModel, { path }: SoapPost): boolean {
  return device.quirks.media_wants_digest && path === SERVICE_PATHS.media;
}

function securityNotUnderstood(): SoapFault {
  const reason = 'Security must be understood but cannot be handled.';
  return new SoapFault(['s:MustUnderstand'], reason, 500);
}

function authorize(
  device: DeviceModel,
  authorities: Authorities,
  post: SoapPost,
  security: Parameters<UsernameTokenAuthority['refusalOf']>[0] | null,
): void {
  const { credentials } = authorities;
  const is_split = device.quirks.media_wants_digest;
  const digest = is_split && !isForDigestOnly(device, post) ? null : authorities.digest;
  const username_token = isForDigestOnly(device, post) ? null : authorities.username_token;
  if (credentials.is_locked) throw new SoapFault(['ter:NotAuthorized'], 'The account is locked.', 400);
  if (security && username_token) {
    const reason = username_token.refusalOf(security);
    if (reason === null) {
      credentials.countAcceptance();
      return;
    }
    credentials.countRefusal();
    throw new SoapFault(['ter:NotAuthorized'], `Sender not Authorized: ${reason}`, 400);
  }
  if (!digest) throw new SoapFault(['ter:NotAuthorized'], 'Sender not Authorized', 400);
  const { uri, authorization, document: body } = post;
  const verdict = digest.verdictOn({ method: 'POST', uri, authorization, body });
  if (verdict === 'accepted') {
    credentials.countAcceptance();
    return;
  }
  if (verdict === 'refused') credentials.countRefusal();
  throw new DigestChallenge(digest.challenges(verdict));
}
