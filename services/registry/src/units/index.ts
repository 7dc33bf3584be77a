export { changeMap, type MapChange } from './change-map.ts';
export { changeUnit, createUnit, type UnitChange, type UnitWish } from './change-units.ts';
export { boundaryOfFile, drawBoundary } from './draw-boundary.ts';
export { type ImportedFeature, importUnits, type UnitImportReport } from './import-units.ts';
export { type Move, type ReassignmentPart, reassignPart, type UndecidedThing } from './reassign.ts';
export type { UnitEditor } from './unit-act.ts';
export { unitRoutes } from './unit-routes.ts';
