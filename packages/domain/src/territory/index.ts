export * from './assign-unit.ts';
export { type Boundary, boundaryOfText, boundaryText } from './boundary.ts';
export * from './limits.ts';
export { locate, type Whereabouts } from './locate.ts';
export { readBoundary } from './read-boundary.ts';
export * from './succession.ts';
export * from './unit-in-force.ts';
export * from './unit-map.ts';
export * from './unit-rules.ts';
