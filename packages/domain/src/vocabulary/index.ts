export * from './cases.ts';
export * from './network.ts';
export * from './owners.ts';
export * from './people.ts';
export * from './playback.ts';
export * from './uploads.ts';
