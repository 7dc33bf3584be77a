export { createRefusedCredentials, type RefusedCredentials } from './auth/refused-credentials.ts';
export { createDeviceClient, type DeviceClientOptions } from './device-client/device-client.ts';
export { createDeviceMemory } from './device-client/device-memory.ts';
export { type DiscoveryOptions, discoverDevices } from './discovery/discover-devices.ts';
export type { DiscoveredDevice } from './discovery/probe-matches.ts';
export { createRtspReach, type RtspReach } from './rtsp/reach.ts';
export { createReplayClient, type ReplayClientOptions } from './rtsp/replay-client.ts';
export { createStillFetcher, type FetchStill } from './still/fetch-still.ts';
export {
  type ConnectGuard,
  type ConnectGuardOptions,
  createConnectGuard,
} from './transport/connect-guard.ts';
export type { SeenCertificate } from './transport/device-tls.ts';
export { formatFingerprint } from './transport/fingerprint.ts';
export { createHttpPool, type HttpPool, type HttpPoolOptions } from './transport/http-pool.ts';
