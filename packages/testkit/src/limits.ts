/**
 * Limits of the simulators. They serve loopback only, yet a runaway test must end with a sentence, not with a
 * full disk or an exhausted machine.
 */

/** Longest footage one recording may have: two hours keep the index of frames well below 10 MB. */
export const FOOTAGE_DURATION_MS_MAX = 2 * 60 * 60 * 1000;
/** Highest frame rate; millisecond times must stay distinct, and real cameras do not exceed it. */
export const FOOTAGE_FPS_MAX = 60;
/** Lowest frame rate, so that a plan never divides by nothing. */
export const FOOTAGE_FPS_MIN = 0.5;
/** Picture sizes: the burned clock needs 128 px of width; more than 4K serves no test. */
export const PICTURE_WIDTH_PX_MIN = 128;
export const PICTURE_WIDTH_PX_MAX = 3840;
export const PICTURE_HEIGHT_PX_MIN = 96;
export const PICTURE_HEIGHT_PX_MAX = 2160;
/** Keyframes are handed to ffmpeg as one argument, which Linux caps at 128 KiB. */
export const KEYFRAME_COUNT_MAX = 10_000;
/** Largest access unit accepted from the encoder; a 4K keyframe stays far below. */
export const ACCESS_UNIT_BYTES_MAX = 16 * 1024 * 1024;
/** Largest Matroska element other than a picture that is read whole. */
export const MATROSKA_ELEMENT_BYTES_MAX = 1024 * 1024;
/** How much of a footage file is read at a time; memory of a replay stays near it. */
export const FOOTAGE_READ_BYTES = 512 * 1024;
/** Last bytes of a tool's error output that are kept for the message. */
export const TOOL_STDERR_BYTES_MAX = 4096;
/** Camera names are drawn into the picture on one line. */
export const CAMERA_NAME_CHARACTERS_MAX = 60;

/** Largest SOAP request a simulated device reads. Real ones fit in 10 KB. */
export const SOAP_REQUEST_BYTES_MAX = 256 * 1024;
/** Deepest XML nesting and most elements in one request. */
export const XML_DEPTH_MAX = 40;
export const XML_ELEMENT_COUNT_MAX = 5000;
/** Open searches of one device, and how long an idle one lives when the client names no time. */
export const SEARCH_SESSION_COUNT_MAX = 32;
export const SEARCH_KEEP_ALIVE_MS_DEFAULT = 60_000;
/** Results in one answer when the client sets no bound. */
export const SEARCH_RESULT_COUNT_MAX = 200;
/** Digest nonces remembered by one device, and how long one may be used. */
export const DIGEST_NONCE_COUNT_MAX = 256;
export const DIGEST_NONCE_LIFE_MS = 60_000;
/** WS-UsernameToken nonces remembered against replay. */
export const TOKEN_NONCE_COUNT_MAX = 1024;
/** How far a token's Created may lie from the device's own clock, unless configured. */
export const TOKEN_AGE_MS_MAX_DEFAULT = 5 * 60 * 1000;

/** Longest RTSP request head, and its body. */
export const RTSP_REQUEST_BYTES_MAX = 16 * 1024;
/** RTP packets over TCP, payload included: what cameras send so that a relay may forward them by UDP. */
export const RTP_PACKET_BYTES_MAX = 1400;
/** RTSP session time-out told to clients (RFC 2326 12.37). */
export const RTSP_SESSION_TIMEOUT_MS = 60_000;
/** Connections of one RTSP server at a time. */
export const RTSP_CONNECTION_COUNT_MAX = 32;

/** Devices of a city in one process: each needs a file descriptor to listen and one or two for connections. */
export const CITY_DEVICES_PER_PROCESS_MAX = 5_000;
