import type { CertificatePins, ReplayClient } from '@minhchung/domain';
import { createRefusedCredentials, type RefusedCredentials } from '../auth/refused-credentials.ts';
import {
  RESUME_ATTEMPTS,
  RESUME_PAUSE_MS,
  RESUME_PAUSE_MS_MAX,
  RTSP_ANSWER_DEADLINE_MS,
  RTSP_CONNECT_DEADLINE_MS,
  RTSP_STALL_MS,
} from '../limits.ts';
import type { ConnectGuard } from '../transport/connect-guard.ts';
import { play } from './playback.ts';
import { type ResumeSettings, replay } from './replay/replay.ts';

export type { ResumeSettings } from './replay/replay.ts';

export interface ReplayClientOptions {
  readonly connect_deadline_ms?: number;
  readonly answer_deadline_ms?: number;
  /** Silence for this long, while we were ready to read, is `SOURCE_STALLED`. */
  readonly stall_ms?: number;
  /** How a connection that broke is continued. */
  readonly resume?: Partial<ResumeSettings>;
  /** Shared with the device clients of a process where one is handed in. */
  readonly refused?: RefusedCredentials;
  /** Decides what may be connected to; without one, everything may. */
  readonly guard?: ConnectGuard;
  /** Decides which certificates of `rtsps:` are trusted; without them, every certificate is. */
  readonly pins?: CertificatePins;
}

/**
 * A client of ONVIF replay and of plain playback over interleaved TCP or TLS. Every replay has connections of its
 * own, one at a time.
 */
export function createReplayClient(options: ReplayClientOptions = {}): ReplayClient {
  const settings = {
    connect_deadline_ms: options.connect_deadline_ms ?? RTSP_CONNECT_DEADLINE_MS,
    answer_deadline_ms: options.answer_deadline_ms ?? RTSP_ANSWER_DEADLINE_MS,
    stall_ms: options.stall_ms ?? RTSP_STALL_MS,
    resume: {
      attempts_max: options.resume?.attempts_max ?? RESUME_ATTEMPTS,
      pause_ms: options.resume?.pause_ms ?? RESUME_PAUSE_MS,
      pause_ms_max: options.resume?.pause_ms_max ?? RESUME_PAUSE_MS_MAX,
    },
    refused: options.refused ?? createRefusedCredentials(),
    guard: options.guard,
    pins: options.pins ?? null,
  };
  const labelled = (uri: string) => ({ ...settings, label: URL.parse(uri)?.host ?? 'rtsp' });
  return {
    replay: (request, signal) => replay(request, signal, labelled(request.uri)),
    play: (request, signal) => play(request, signal, labelled(request.uri)),
  };
}
