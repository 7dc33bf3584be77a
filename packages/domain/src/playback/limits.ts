/** Limits of playback addresses. */

/** Longest template; makers' own are below 100 characters. */
export const TEMPLATE_CHARS_MAX = 300;
/** Placeholders of one template: channel, start and end, each perhaps twice. */
export const TEMPLATE_PLACEHOLDERS_MAX = 8;
/** Channels of the largest recorders. */
export const PLAYBACK_CHANNEL_MAX = 512;
/** Zones run from −12:00 to +14:00; inverted ones from −14:00. */
export const ZONE_OFFSET_MIN_MAX = 14 * 60;
/** Clocks are set by less than this; what is moved by more is a zone that was changed. */
export const ZONE_STEP_MS = 15 * 60_000;
/** Longest text of a device's firmware that is kept. */
export const FIRMWARE_CHARS_MAX = 120;
