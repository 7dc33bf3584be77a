import { LIMITS } from '@minhchung/domain';
import { type Static, Type } from 'typebox';

/**
 * The shape and the limits of every option. `config/default.yaml` gives each its default and its meaning; a test
 * holds the two together.
 */

const group = <const P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const nullable = <const T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const word = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] });
const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

const Path = Type.String({ minLength: 1, maxLength: 4_096 });
/** Absolute, without `.` and `..`, and not the root of the file system: that would be every folder there is. */
const Folder = Type.String({ pattern: '^(?!.*/\\.{1,2}(/|$))/+[^/]', maxLength: 4_096 });
const Code = Type.String({ minLength: 1, maxLength: LIMITS.code_max_chars });
const Networks = nullable(Type.Array(Code, { minItems: 1, maxItems: 1_000, uniqueItems: true }));

/** 0: any free one. */
const Port = nullable(whole(0, 65_535));

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const SettingsSchema = group({
  data_dir: Path,
  store: group({
    engine: word(['sqlite', 'postgres']),
    path: Path,
    connection_string_file: nullable(Path),
    connections_max: whole(1, 200),
  }),
  archive: group({
    kind: word(['local', 's3']),
    root: Path,
    s3: group({
      endpoint: nullable(Type.String({ pattern: '^https?://[^/@]+/?$', maxLength: 300 })),
      region: Type.String({ minLength: 1, maxLength: 64 }),
      bucket: nullable(Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' })),
      access_key_id_file: nullable(Path),
      secret_access_key_file: nullable(Path),
    }),
  }),
  keys: group({ dir: Path }),
  api: group({
    host: Type.String({ minLength: 1, maxLength: 255 }),
    port: whole(0, 65_535),
    public_origin: nullable(Type.String({ pattern: '^https?://[^/@?#]+$', maxLength: 300 })),
    trusted_proxies: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 }),
    session_hours: whole(1, 168),
    calls_per_minute_max: whole(10, 100_000),
    sign_in: group({
      failures_per_login_max: whole(1, 1_000),
      failures_per_address_max: whole(1, 10_000),
      window_minutes: whole(1, 1_440),
    }),
    docs: Type.Boolean(),
  }),
  registry: group({
    recording_roots: Type.Array(Folder, { maxItems: 100, uniqueItems: true }),
    retention_agreed_days: nullable(whole(1, 3_650)),
  }),
  owners: group({
    registrations_per_address_max: whole(1, 1_000),
    registrations_per_day_max: whole(1, 10_000),
    confirm_after_days: whole(180, 390),
    remind_after_days: whole(180, 396),
    link_days: whole(1, 60),
    session_minutes: whole(5, 240),
    attestation_days: whole(7, 730),
  }),
  intake: group({
    dir: Path,
    link_hours: whole(1, 720),
    file_bytes_max: whole(1, 1_000_000_000_000),
    files_per_item_max: whole(1, 100),
    files_at_once_max: whole(1, 20),
    unfinished_hours: whole(1, 720),
    rest_minutes: whole(1, 1_440),
    free_bytes_min: whole(0, 1_000_000_000_000_000),
  }),
  mail: group({
    host: nullable(Type.String({ pattern: '^[A-Za-z0-9.:-]+$', maxLength: 255 })),
    port: whole(1, 65_535),
    security: word(['tls', 'starttls', 'none']),
    username: nullable(Type.String({ minLength: 1, maxLength: 255 })),
    password_file: nullable(Path),
    ca_file: nullable(Path),
    from: nullable(Type.String({ pattern: '^[^\\s@<>,;]+@[^\\s@<>,;]+$', maxLength: 254 })),
    from_name: Type.String({ minLength: 1, maxLength: 100 }),
    attempts_max: whole(1, 20),
    retry_delay_ms: whole(1_000, DAY_MS),
  }),
  devices: group({
    allowed_networks: Type.Array(Type.String({ pattern: '^[0-9A-Fa-f.:]{2,45}(/\\d{1,3})?$' }), {
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
    }),
    discovery_interfaces: Type.Array(Type.String({ pattern: '^[A-Za-z0-9@._-]{1,15}$' }), {
      maxItems: 20,
      uniqueItems: true,
    }),
    probe_deadline_ms: whole(5_000, 5 * MINUTE_MS),
    probes_per_window_max: whole(1, 1_000),
    stills_per_account_max: whole(0, 1_000),
    stills_per_camera_max: whole(0, 1_000),
  }),
  poller: group({
    schedule: Type.String({ pattern: '^\\S+( \\S+){4,5}$', maxLength: 100 }),
    jitter_ms: whole(0, MINUTE_MS),
    concurrency: whole(1, 4_096),
    device_deadline_ms: whole(1_000, 5 * MINUTE_MS),
    cooldown: group({ failures_free: whole(1, 100), pause_ms_max: whole(10_000, DAY_MS) }),
    pictures: group({ period_hours: nullable(whole(1, 720)) }),
    networks: Networks,
    folders: group({
      at_once: whole(1, 64),
      entries_per_pass: whole(1_000, 1_000_000),
      files_per_pass: whole(1, 10_000),
    }),
    stale_ms: whole(10_000, DAY_MS),
    clock: group({
      target_width_ms: whole(5, 2_000),
      readings_max: whole(1, 32),
      drift_max_ppm: whole(1, 10_000),
    }),
    host_clock: word(['auto', 'trusted']),
    host_bound_ms: whole(0, 5_000),
  }),
  network_state: group({
    stale_after_minutes: whole(5, 10_080),
    work_list: group({
      open_after_minutes: whole(0, 10_080),
      mended_after_minutes: whole(0, 10_080),
      clock_limit_ms: whole(100, DAY_MS),
      photo_valid_days: whole(1, 365),
    }),
    evaluation: group({
      effective_percent_min: whole(1, 100),
      holding_percent_min: whole(1, 100),
      dormant_after_days: whole(1, 3_650),
      grace_days: whole(1, 3_650),
      looks_back_days: whole(1, 3_650),
    }),
    clock_by_eye: group({ human_bound_ms: whole(100, 10_000), challenge_minutes: whole(1, 60) }),
    host_blame: group({ steps_min: whole(2, 1_000), percent_min: whole(1, 100) }),
  }),
  extraction: group({
    workers: whole(1, 64),
    networks: Networks,
    lease_ms: whole(5_000, 10 * MINUTE_MS),
    idle_ms: whole(100, MINUTE_MS),
    items_per_recorder: whole(1, 16),
    items_per_network: whole(1, 256),
    gap_min_ms: whole(100, MINUTE_MS),
    unknown_offset_margin_ms: whole(0, LIMITS.span_length_max_ms),
    stall_ms: whole(1_000, 10 * MINUTE_MS),
    resume: group({
      attempts_max: whole(0, 100),
      pause_ms: whole(10, MINUTE_MS),
      pause_ms_max: whole(10, 10 * MINUTE_MS),
    }),
    floor_media_s_per_minute: whole(0, 60),
    read_deadline_minutes: whole(1, 2_880),
    attempts_max: whole(1, 100),
    retry_delay_ms: whole(100, DAY_MS),
    retry_delay_ms_max: whole(100, DAY_MS),
    settle_retry_ms: whole(100, 60 * MINUTE_MS),
    work_dir: Path,
  }),
  media: group({
    ffmpeg_path: Path,
    ffprobe_path: Path,
    deadline_ms: whole(1_000, DAY_MS),
    threads: whole(1, 64),
  }),
  limits: group({
    span_length_max_minutes: whole(1, LIMITS.span_length_max_ms / MINUTE_MS),
    cameras_per_request_max: whole(1, LIMITS.request_cameras_max),
  }),
  metrics: group({
    host: Type.String({ minLength: 1, maxLength: 255 }),
    ports: group({ api: Port, poller: Port, extractor: Port }),
  }),
  logging: group({ level: word(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) }),
});

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** Every option, checked, with absolute paths, deeply frozen. */
export type Settings = Frozen<Static<typeof SettingsSchema>>;
