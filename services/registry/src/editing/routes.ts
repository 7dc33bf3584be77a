import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { agreementRoutes } from './routes/agreements.ts';
import { cameraRoutes } from './routes/cameras.ts';
import { historyRoutes } from './routes/history.ts';
import { orderAccountRoutes } from './routes/order-account.ts';
import { ownerRoutes } from './routes/owners.ts';
import { placeRoutes } from './routes/places.ts';
import { recorderRoutes } from './routes/recorders.ts';
import { releaseDeviceRoutes } from './routes/release-device.ts';

/** Changing the register one record at a time, and reading who changed what. */
export function editingRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  cameraRoutes(app, deps);
  recorderRoutes(app, deps);
  placeRoutes(app, deps);
  ownerRoutes(app, deps);
  agreementRoutes(app, deps);
  orderAccountRoutes(app, deps);
  releaseDeviceRoutes(app, deps);
  historyRoutes(app, deps);
}
