/**
 * The rooms and what each may import: the table of docs/design/architecture.md as data. Test files are free to
 * use the testkit and sibling packages; product code is not.
 */
const ALL_PACKAGES = [
  'domain',
  'bitstream',
  'contract',
  'settings',
  'store',
  'tables',
  'archive',
  'media',
  'onvif',
  'footage',
  'formats',
  'evidence',
  'verify',
] as const;

const SERVICES = ['registry', 'poller', 'cases', 'extraction', 'accounting', 'intake'] as const;

/** Room → the workspace packages (without the scope) its product code may import. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/domain': [],
  'packages/bitstream': ['domain'],
  'packages/formats': [],
  'packages/contract': ['domain'],
  'packages/settings': ['domain'],
  'packages/store': ['domain'],
  'packages/tables': ['domain'],
  'packages/archive': ['domain'],
  'packages/media': ['domain', 'bitstream'],
  'packages/onvif': ['domain', 'bitstream'],
  'packages/footage': ['domain'],
  'packages/mail': ['domain'],
  'packages/evidence': ['domain', 'formats'],
  'packages/verify': ['formats'],
  'packages/testkit': ['domain'],
  ...Object.fromEntries(SERVICES.map((name) => [`services/${name}`, ALL_PACKAGES])),
  'services/gateway': [...ALL_PACKAGES, 'mail', ...SERVICES],
};

/** External packages that may be imported only below these paths: one home for each. */
export const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  kysely: ['packages/store/'],
  'better-sqlite3': ['packages/store/'],
  'csv-parse': ['packages/tables/'],
  hucre: ['packages/tables/'],
  pg: ['packages/store/'],
  '@aws-sdk/client-s3': ['packages/archive/'],
  'fluent-ffmpeg': ['packages/media/'],
  mediabunny: ['packages/media/'],
  sharp: ['packages/media/'],
  nodemailer: ['packages/mail/'],
  onvif: ['packages/onvif/'],
  '@tus/server': ['services/intake/'],
  '@fastify/busboy': ['services/intake/'],
  'tus-js-client': ['services/intake/'],
  'node-cron': ['services/poller/src/schedule.ts'],
  yaml: ['packages/settings/'],
};

/** Rooms that must run in a browser too: no built-in modules of Node in product code. */
export const PURE_ROOMS = ['packages/domain', 'packages/formats', 'packages/bitstream'] as const;

/** Calls banned from pure rules: time and chance are passed in. */
export const BANNED_IN_DOMAIN = [
  /\bDate\.now\s*\(/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\s*\(/,
  /\bprocess\./,
] as const;

/** Starting another program is the business of these files only. */
export const MAY_START_PROGRAMS = ['packages/media/', 'packages/testkit/', 'services/gateway/src/'] as const;

/** "Two screens and a bit": no source file is longer, product or test. */
export const LINES_MAX = 300;
