/** What the proof of exactness varies, and the cases made of it. */

export const SOURCES = ['replay', 'mp4', 'fmp4', 'mkv', 'ts', 'upload'] as const;
export const CODECS = ['h264', 'h265'] as const;
export const RATES = ['cfr', 'vfr'] as const;
export const ORDERS = ['p', 'b'] as const;
export const GOPS = ['1s', '4s', '10s'] as const;
export const OFFSETS = ['-3h', '-37.4s', '0', '+41min', '+3h', 'set-forward', 'set-back'] as const;
export const SPANS = [
  'plain',
  'file-border',
  'over-hole',
  'within-gop',
  'one-frame',
  'oldest-edge',
  'newest-edge',
] as const;

/**
 * Sources that cannot have every value: AVI files tell neither presentation times nor reordering, and the simulated
 * recorder that plays at its maker's address has a clock that cannot be set.
 */
const LIMITED_SOURCES = ['avi', 'vendor'] as const;

/** Every factor with its values. A case has one value of each. */
export const FACTORS = {
  /** A simulated recorder that replays, a folder of files in a container, or files (MP4) that a person hands in. */
  source: SOURCES,
  codec: CODECS,
  /** Constant or variable frame rate. */
  rate: RATES,
  /** Without or with B-frames. */
  order: ORDERS,
  /** Time between keyframes. */
  gop: GOPS,
  /** Device clock minus true time; or the clock is set in the middle of the wanted span. */
  offset: OFFSETS,
  /** Where the wanted span lies. */
  span: SPANS,
} as const;

export type Factors = typeof FACTORS;
export type ExactnessCase = {
  readonly [Name in Exclude<keyof Factors, 'source'>]: Factors[Name][number];
} & { readonly source: (typeof SOURCES | typeof LIMITED_SOURCES)[number] };

/** The factors that decide what is encoded: cases that agree in them share one recording. */
export const FOOTAGE_FACTORS = { codec: CODECS, rate: RATES, order: ORDERS, gop: GOPS } as const;
export type FootageKind = Pick<ExactnessCase, keyof typeof FOOTAGE_FACTORS>;

/** `replay/h264/cfr/p/1s/+41min/plain`: how a case is named in reports, and repeated. */
export function keyOf(one: ExactnessCase): string {
  return Object.keys(FACTORS)
    .map((name) => one[name as keyof Factors])
    .join('/');
}

/** Reads `keyOf` back. Throws `RangeError` for what is no case. */
export function caseOf(key: string): ExactnessCase {
  const words = key.split('/');
  const named = { ...FACTORS, source: [...SOURCES, ...LIMITED_SOURCES] };
  const entries = Object.entries(named).map(([name, values], n) => {
    const value = (values as readonly string[]).find((one) => one === words[n]);
    if (value === undefined) throw new RangeError(`"${key}": ${name} is one of ${values.join(', ')}.`);
    return [name, value];
  });
  return Object.fromEntries(entries) as ExactnessCase;
}

/** Every case there is, footage by footage, so that what was encoded is used up before the next. */
export function* everyCase(): Generator<ExactnessCase> {
  for (const codec of CODECS)
    for (const rate of RATES)
      for (const order of ORDERS)
        for (const gop of GOPS)
          for (const source of [...SOURCES, ...LIMITED_SOURCES])
            for (const span of SPANS)
              for (const offset of OFFSETS) {
                const one = { source, codec, rate, order, gop, offset, span };
                if (isPossible(one)) yield one;
              }
}

function isPossible({ source, codec, rate, order, offset }: ExactnessCase): boolean {
  if (source === 'avi') return codec === 'h264' && rate === 'cfr' && order === 'p';
  return source !== 'vendor' || !offset.startsWith('set-');
}
