/** Limits on units and drawings of them, which come from outside. */

/** Every unit of the country, old and new: 10,035 communes before July 2025, 3,321 after, with their provinces. */
export const UNITS_MAX = 20_000;

/** One unit's drawing: the most detailed outline of a province (a coast with islands) has about 15,000 corners. */
export const BOUNDARY_VERTICES_MAX = 20_000;
/** Rings of one drawing, outlines and holes: islands of a coastal province. */
export const BOUNDARY_RINGS_MAX = 2_000;
/** Width or height of one drawing: the widest province, with its islands at sea, spans 7 degrees. */
export const BOUNDARY_EXTENT_MAX_DEG = 10;
/** Pairs of edges compared while looking for crossings; honest drawings need a tenth of it, 20 million take 0.2 s. */
export const BOUNDARY_COMPARISONS_MAX = 20_000_000;

/**
 * Nearer to a border than this, a position does not say on which side it is: five decimals of a degree, as people
 * write coordinates down, are 1.1 m.
 */
export const BORDER_TOLERANCE_M = 1.1;

/** Side of the cells by which drawings are looked up: about a ward's width, so a cell meets a few wards. */
export const MAP_CELL_DEG = 0.05;

/** Changes of the map one after another that succession is followed through. */
export const SUCCESSION_STEPS_MAX = 16;
