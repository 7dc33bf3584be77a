import type { DerivativeMaker } from '@minhchung/domain';

/** What every browser plays beside H.264, and finer than what any camera records. */
const SAMPLE_RATE_HZ = 48_000;
const BIT_RATE = '96k';
/** Silence is put where the sound pauses for longer than this, and sound moved where it comes too early. */
const IN_STEP_WITHIN_S = 0.01;

/** Arguments for ffmpeg; all empty for a silent copy. */
export interface SoundArguments {
  readonly inputs: readonly string[];
  /** For the graph of filters: their result is called `[sound]`. */
  readonly filters: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The sound of a playable copy: of every track of the master and every file beside it what lies in `[from_us, to_us)`,
 * each by its own times, with silence where there is none, together as one track of AAC.
 */
export function playableSound({
  sound,
  from_us,
  to_us,
}: Pick<Parameters<DerivativeMaker['playable']>[0], 'sound' | 'from_us' | 'to_us'>): SoundArguments {
  const { master_track_count = 0, side_files = [] } = sound ?? {};
  const sources = [
    ...Array.from({ length: master_track_count }, (_, track) => ({ label: `[0:a:${track}]`, at_us: 0 })),
    ...side_files.map(({ at_us }, file) => ({ label: `[${file + 1}:a:0]`, at_us })),
  ];
  if (sources.length === 0) return { inputs: [], filters: [], outputs: [] };
  const laid = sources.map(({ label, at_us }, index) => {
    const shift_s = seconds(at_us - from_us);
    return `${label}asetpts=PTS+(${shift_s})/TB,atrim=start=0:end=${seconds(to_us - from_us)},aresample=${SAMPLE_RATE_HZ}:async=1:min_hard_comp=${IN_STEP_WITHIN_S}:first_pts=0[sound${index}]`;
  });
  const all = sources.map((_, index) => `[sound${index}]`).join('');
  return {
    inputs: side_files.flatMap(({ path }) => waveInput(path)),
    filters: [...laid, `${all}amix=inputs=${sources.length}:normalize=0:duration=longest[sound]`],
    outputs: ['-map', '[sound]', '-c:a', 'aac', '-b:a', BIT_RATE],
  };
}

/** A WAVE file of our own; behind `file:` its path can be neither an option nor an address. */
function waveInput(path: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', 'wav', '-i', `file:${path}`];
}

function seconds(time_us: number): string {
  return (time_us / 1_000_000).toFixed(6);
}
