/** Limits of the cases service that are not rules of the domain. */

/** How far around an incident is looked by default: what a street camera may see, and the next crossroads. */
export const FINDING_RADIUS_DEFAULT_M = 500;

/** How unsure the place of an incident is unless somebody says otherwise. */
export const PLACE_RADIUS_DEFAULT_M = 20;

/** Cameras of which everything is looked up; the rest are too far off or look elsewhere. */
export const FINDING_DETAILED_MAX = 200;

/** Cameras an officer is shown: more than a request may name is no help. */
export const FINDING_SHOWN_MAX = 64;

/** Urgent requests ended in one sweep before the next page is read. */
export const SWEEP_PAGE_MAX = 100;
