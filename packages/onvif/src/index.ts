export { createRefusedCredentials, type RefusedCredentials } from './auth/refused-credentials.ts';
export { createDeviceClient, type DeviceClientOptions } from './device-client/device-client.ts';
export { createDeviceMemory } from './device-client/device-memory.ts';
export { createReplayClient, type ReplayClientOptions } from './rtsp/replay-client.ts';
export {
  type ConnectGuard,
  type ConnectGuardOptions,
  createConnectGuard,
} from './transport/connect-guard.ts';
export { createHttpPool, type HttpPool } from './transport/http-pool.ts';
