/** Every limit this package puts on what a device may send or make us wait for. */

/** One ONVIF call, from the first byte sent to the last byte read, authentication included. */
export const CALL_DEADLINE_MS = 10_000;
/** One search: several calls, and a recorder may think long before the first result. */
export const SEARCH_DEADLINE_MS = 60_000;
/** A profile list of a 64-channel recorder is about 300 KB; more than this is no answer of a camera. */
export const ANSWER_BYTES_MAX = 1024 * 1024;
/** Bytes around the body of one answer: chunk sizes and their extensions, which no camera needs. */
export const ANSWER_FRAMING_BYTES_MAX = 256 * 1024;
/** Interim answers (HTTP 1xx) before the real one. */
export const ANNOUNCEMENTS_MAX = 8;
/** Two connections are enough for one device; cheap cameras fall over at more than four. */
export const SOCKETS_PER_DEVICE_MAX = 2;
/** An idle connection is given back soon: cameras serve few of them. */
export const SOCKET_IDLE_MS = 15_000;
/** A token's Created must be near the device's own clock, which may have been set meanwhile. */
export const DEVICE_CLOCK_AGE_MS_MAX = 30_000;

/** Real answers nest about 15 deep. */
export const XML_DEPTH_MAX = 64;
/** Elements and attributes together; a profile list of 64 channels has about 20,000. */
export const XML_NODES_MAX = 100_000;

/** Recordings of one recorder; the largest have 256 channels. */
export const RECORDINGS_MAX = 4_096;
/** State changes of one recording within one asked span. */
export const SEARCH_EVENTS_MAX = 50_000;
/** Results asked for at once. */
export const SEARCH_PAGE_SIZE = 200;
/** Pages of one search; ends recorders that say "Searching" for ever. */
export const SEARCH_PAGES_MAX = 1_000;
/** Between two questions for results when the last one had none. */
export const SEARCH_PAUSE_MS = 200;
/** Empty pages after some with results that mean the end, for recorders that never say `Completed`. */
export const SEARCH_QUIET_PAGES = 10;
/** How long the recorder may hold one page back, and how long it keeps the search for us, both in seconds. */
export const SEARCH_WAIT_S = 2;
export const SEARCH_KEEP_ALIVE_S = 60;
/** The list of recordings is fetched at once and its search not ended: recorders serve few searches at a time. */
export const RECORDINGS_SEARCH_KEEP_ALIVE_S = 10;
/** Tokens are at most 64 characters by the standard; recorders exceed it a little. */
export const TOKEN_LENGTH_MAX = 256;

/** Different sets of service paths, or of source names, that are kept once for all devices. */
export const SHARED_VALUES_MAX = 4_096;
/** Channels are re-plugged by hand: which source a recording is of is asked anew after a day… */
export const SOURCE_NAMES_AGE_MS_MAX = 24 * 3_600_000;
/** …and for a recording never seen before, but not at every poll of a recorder that changes its tokens. */
export const SOURCE_NAMES_AGE_MS_MIN = 3_600_000;

/** TCP connection to the RTSP server. */
export const RTSP_CONNECT_DEADLINE_MS = 10_000;
/** One RTSP request and its answer before playing. */
export const RTSP_ANSWER_DEADLINE_MS = 10_000;
/** Nothing of the recording arriving for this long, while we were ready to read, is a stall. */
export const RTSP_STALL_MS = 20_000;
/** Start line and headers of one RTSP message. */
export const RTSP_HEADER_BYTES_MAX = 16 * 1024;
/** Body of one RTSP message; an SDP of a recorder is about 2 KB. */
export const RTSP_BODY_BYTES_MAX = 64 * 1024;
/** RTSP session time-out when the server names none (RFC 2326, 12.37). */
export const RTSP_SESSION_TIMEOUT_S = 60;
/** Lines of an SDP that are looked at. */
export const SDP_LINES_MAX = 1_000;
/** A 4K keyframe of a recorder is below 2 MB; this leaves room for 8K. */
export const NAL_BYTES_MAX = 16 * 1024 * 1024;
export const ACCESS_UNIT_BYTES_MAX = 32 * 1024 * 1024;
/** NAL units in one access unit; slices of a 4K picture are at most a few hundred. */
export const ACCESS_UNIT_NALS_MAX = 4_096;
/** Parameter sets of one kind: the standards allow 32 SPS (16 in H.265) and 256 (64) PPS. */
export const PARAMETER_SETS_MAX = 32;
/** One parameter set; real ones are below 200 bytes. */
export const PARAMETER_SET_BYTES_MAX = 4_096;
/** A connection that closes without BYE this near the end of the range has simply finished. */
export const CLOSE_BEFORE_END_TOLERANCE_MS = 2_000;
/** How long the polite TEARDOWN may take before the connection is simply closed. */
export const RTSP_TEARDOWN_MS = 500;

/** Lists of networks whose reading is kept; a city has a few hundred networks. */
export const GUARDED_NETWORKS_MAX = 4_096;

/** One still picture of a camera: 4K JPEGs are 2 to 4 MB. */
export const STILL_BYTES_MAX = 12 * 1024 * 1024;
/** Cameras take a second or two to make one. */
export const STILL_DEADLINE_MS = 15_000;

/** An encrypted connection stands within this, whoever waits for it: nobody else takes care of it meanwhile. */
export const TLS_CONNECT_DEADLINE_MS = 10_000;

/** How long answers to a question by multicast are waited for, and how often it is repeated in that time. */
export const DISCOVERY_WAIT_MS = 4_000;
export const DISCOVERY_REPEATS = 2;
/** Datagrams looked at, devices kept, and bytes of one answer; real answers are about 2 KB. */
export const DISCOVERY_ANSWERS_MAX = 4_096;
export const DISCOVERY_DEVICES_MAX = 1_024;
export const DISCOVERY_ANSWER_BYTES_MAX = 16 * 1024;
/** One scope or address, and scopes of one device. */
export const DISCOVERY_TEXT_CHARS_MAX = 300;
export const DISCOVERY_SCOPES_MAX = 64;

/** Pictures are written into blocks of this size, which several of them share. */
export const UNIT_SLAB_BYTES = 1024 * 1024;
/** A recorder that stamps two pictures alike has slipped, where its RTP clock went on by no more than this. */
export const REPEATED_STAMP_US_MAX = 10_000_000;
/** Packets of sound or metadata held back until it is known how their clock stands to that of the pictures. */
export const SIDE_PACKETS_HELD_MAX = 256;
/** One unit of sound; an AAC access unit of 8 channels is at most 6 KB. */
export const AUDIO_UNIT_BYTES_MAX = 64 * 1024;
/** One metadata document; scenes of a busy crossroads are about 50 KB. */
export const METADATA_BYTES_MAX = 1024 * 1024;
/** One JPEG picture; 8K at the best quality is about 20 MB. */
export const JPEG_BYTES_MAX = 32 * 1024 * 1024;
/** Received from a recorder and not yet read: a few chunks, so that the next is there when one is done. */
export const RTSP_QUEUED_BYTES_MAX = 512 * 1024;
/** One replay, whatever is played: five times the bit rate of the best cameras, and packets of 100 bytes on average. */
export const REPLAY_BITS_PER_S_MAX = 200_000_000;
export const REPLAY_PACKETS_PER_S_MAX = 250_000;
/** On top of it, for what comes before the span, after it, and twice. */
export const REPLAY_EXTRA_BYTES = 2 * 1024 ** 3;
/** Recorders that only play at the pace of life, with pauses, and consumers that are slow, fit in this. */
export const REPLAY_DURATION_FACTOR_MAX = 6;
export const REPLAY_EXTRA_MS = 3_600_000;
/** Media time of plain playback where the caller names no end. */
export const PLAYBACK_MEDIA_MS_MAX = 24 * 3_600_000;
/** A connection that broke is continued this often without anything new coming in between, by default. */
export const RESUME_ATTEMPTS = 5;
/** Before the first attempt to continue, by default; the pause doubles with each up to the longest. */
export const RESUME_PAUSE_MS = 1_000;
export const RESUME_PAUSE_MS_MAX = 30_000;
/** How much further back a recorder is asked that does not begin at the keyframe it gave before. */
export const RESUME_BACKTRACK_MS = 10_000;
/** Pictures since the last keyframe that are kept to be recognised: ten minutes at 60 a second. */
export const RESUME_REMEMBERED_UNITS_MAX = 36_000;
/** Bytes of them that are kept as they are; beyond it their checksum must do. */
export const RESUME_REMEMBERED_BYTES_MAX = 32 * 1024 * 1024;
/** Times of one picture in two sessions differ by no more than the rounding of its RTP clock. */
export const SAME_PICTURE_TOLERANCE_US = 1_000;
/** Sound this near to the newest that was given out is that one again; units of sound last 20 ms and more. */
export const SAME_SOUND_TOLERANCE_US = 5_000;
/** How far behind the last picture of a stored file the next file surely plays: two pictures, within these bounds. */
export const FILE_GAP_MS_MIN = 100;
export const FILE_GAP_MS_MAX = 2_000;
