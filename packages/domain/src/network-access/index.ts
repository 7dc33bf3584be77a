export * from './address-not-allowed.ts';
export * from './cidr.ts';
export * from './device-host.ts';
export * from './ip-address.ts';
export * from './may-connect.ts';
export * from './special-ranges.ts';
