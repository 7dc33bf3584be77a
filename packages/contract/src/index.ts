export * from './core/index.ts';
export * from './extraction.ts';
export * from './limits.ts';
export * from './people.ts';
export * from './registry.ts';
export * from './session.ts';
export * from './system.ts';
