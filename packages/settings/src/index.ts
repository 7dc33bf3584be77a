export type { SettingsProblem } from './check.ts';
export { type DescribedOption, describeSettings } from './describe.ts';
export { DEFAULT_SETTINGS_FILE, loadSettings, SettingsError } from './load.ts';
export { type NetworkRules, networkRules } from './network-rules.ts';
export { type Settings, SettingsSchema } from './schema.ts';
export { readSecretFile } from './secret-file.ts';
