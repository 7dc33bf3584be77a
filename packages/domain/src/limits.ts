/**
 * Every limit of the product's rules, in one place, with its unit in its name and why it has its value.
 * Limits of devices, containers and transports live with the package that meets them.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const LIMITS = {
  /** A request is for an incident, not for a day of somebody's life; longer needs are several reasoned requests. */
  span_length_max_ms: 4 * HOUR_MS,
  /** A span must be over before it is asked for; this forgives the clock of the officer's own machine. */
  span_future_tolerance_ms: 5_000,
  /** No system kept video before this; an earlier time is a mistake in typing. 2000-01-01T00:00:00Z. */
  time_earliest_ms: 946_684_800_000,
  /** Enough for every camera around a crossroads; more in one request is a dragnet. */
  request_cameras_max: 64,
  /** How long footage taken as urgent may be viewed before a second person confirms it. */
  urgent_confirmation_ms: DAY_MS,
  /** A waiting item whose recorder's horizon was never learned is given up this long after its span. */
  waiting_without_horizon_max_ms: 60 * DAY_MS,
  /** Footage this close to now may still lie in a recorder's write buffer. */
  recorder_settle_ms: 2 * MINUTE_MS,
  /** Missing footage shorter than this is frame spacing and file borders, not a gap. */
  gap_min_ms: 1_500,
  /** Longest pattern of file names, and the deepest structure of folders it may name. */
  folder_pattern_chars_max: 200,
  folder_depth_max: 8,
  /** Without knowledge of a recorder, footage is treated as gone after this; most small NVRs hold a week or more. */
  retention_assumed_ms: 7 * DAY_MS,
  /** An urgent item is wanted within this time; only footage overwritten even sooner goes before it. */
  urgent_target_ms: 15 * MINUTE_MS,
  /** An owner confirms the agreement once a year; the extra month is for the letter to come back. */
  agreement_confirmation_max_ms: 396 * DAY_MS,

  /** Half a year of an investigation; longer is another recorded act, by somebody who looked at it again. */
  notice_delay_max_ms: 180 * DAY_MS,

  /** Offsets are kept this finely: half a stretch of 50 ppm drift is 0.5 s, and a clock makes four rows a day. */
  clock_stretch_max_ms: 6 * HOUR_MS,

  /** Ten times a city's register (1,911 cameras); about ten seconds of work. */
  csv_rows_max: 20_000,
  /** About 400 bytes a row as UTF-8, twice that as UTF-16; the reader of tables has the same limit. */
  csv_size_max_bytes: 20_000_000,
  /** Longest single CSV field. */
  csv_field_max_chars: 1_000,
  /** One screen of a list; also the most a caller may ask for at once. */
  page_size_max: 200,
  page_size_default: 50,

  /** Names of units, cameras, schemes, owners, persons. */
  name_max_chars: 200,
  /** Codes are printed on labels and in file names. */
  code_max_chars: 40,
  login_max_chars: 64,
  /** Case numbers follow a local pattern and are copied from paper. */
  case_number_max_chars: 60,
  title_max_chars: 300,
  /** Purpose and legal reference: a line on paper. */
  line_max_chars: 500,
  /** Reasons and summaries: a paragraph on paper. */
  paragraph_max_chars: 4_000,
  /** What a search box takes. */
  search_max_chars: 100,
  /** Longest word compared by edit distance; the comparison is quadratic. */
  nearest_name_max_chars: 64,
  /** One family of wards in a province; bounds the walk up a unit tree that may be broken. */
  unit_depth_max: 8,

  /** View cones: what a camera at a street can be told apart at. */
  camera_range_max_m: 500,
  /** Range taken for a camera nobody has measured. */
  camera_range_assumed_m: 40,
  /** Nobody asks for cameras further away than this. */
  finding_radius_max_m: 3_000,
  finding_cameras_max: 5_000,
} as const;
