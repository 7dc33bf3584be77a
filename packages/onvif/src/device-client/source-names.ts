import { isCoded, type MediaProfile, type RecordingInformation } from '@minhchung/domain';
import { packageRequest, type SoapRequest } from '../soap/envelope.ts';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';
import { sharedValues } from './shared-values.ts';

/** Video source token by recording token. */
export type SourceNames = Readonly<Record<string, string>>;

/** What is asked to find out which channel a recording is of. */
export interface SourceQuestions {
  profiles(): Promise<readonly MediaProfile[]>;
  recordingService(request: SoapRequest): Promise<XmlElement>;
}

const share = sharedValues<SourceNames>();

/**
 * Which video source each recording is of. Recorders state a source id, and it may be the source's token, a
 * profile's, an address, the same text for every channel, or nothing. Where the stated ids are not different
 * sources of the device, the first of these that names one counts: the source of the recording job (ONVIF
 * Recording Control, 5.2.9), the stated id read as a profile, the id in the recording's configuration, the only
 * source there is for the only recording. Else the stated id stays: nothing is guessed from its digits.
 */
export async function nameSources(
  recordings: readonly RecordingInformation[],
  ask: SourceQuestions,
): Promise<SourceNames> {
  const profiles = (await answered(ask.profiles())) ?? [];
  const sources = sourcesByToken(profiles);
  // Tokens are the device's: one may be called like something every object has.
  const names: Record<string, string> = Object.create(null);
  for (const one of recordings) names[one.recording_token] = one.source_token;
  if (sources.size === 0) return share(names);

  const known = new Set(sources.values());
  const is_plain = recordings.every(({ source_token }) => known.has(source_token));
  const stated = recordings.map(({ source_token }) => source_token);
  if (is_plain && new Set(stated).size === stated.length) return share(names);

  const jobs = await jobSources(ask, sources);
  let configuration_helps = true;
  for (const { recording_token, source_token } of recordings) {
    let found = jobs.get(recording_token) ?? sources.get(source_token);
    if (found === undefined && configuration_helps) {
      found = sources.get((await configuredSource(ask, recording_token)) ?? '');
      // One fruitless question is enough: the other configurations of the same recorder read no better.
      configuration_helps = found !== undefined;
    }
    if (found === undefined && recordings.length === 1 && known.size === 1) [found] = known;
    if (found !== undefined) names[recording_token] = found;
  }
  return share(names);
}

/** Source token by source token and by profile token; a source that is called like a profile is the source. */
function sourcesByToken(profiles: readonly MediaProfile[]): Map<string, string> {
  const of_sources = profiles.filter(({ source_token }) => source_token !== '');
  return new Map([
    ...of_sources.map(({ profile_token, source_token }) => [profile_token, source_token] as const),
    ...of_sources.map(({ source_token }) => [source_token, source_token] as const),
  ]);
}

/** Sources by recording token out of `GetRecordingJobs`: a job names a profile, or carelessly the source itself. */
async function jobSources(
  { recordingService }: SourceQuestions,
  sources: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const list = await answered(recordingService(packageRequest('getRecordingJobs')));
  const found = new Map<string, string>();
  for (const item of findAll(list, 'JobItem')) {
    const job = find(item, 'JobConfiguration');
    const recording_token = textAt(job, 'RecordingToken');
    const tokens = findAll(job, 'Source').map((source) => textAt(source, 'SourceToken', 'Token') ?? '');
    const source = tokens.map((token) => sources.get(token)).find((token) => token !== undefined);
    if (recording_token !== null && source !== undefined) found.set(recording_token, source);
  }
  return found;
}

async function configuredSource({ recordingService }: SourceQuestions, recording_token: string) {
  const answer = await answered(
    recordingService(packageRequest('getRecordingConfiguration', recording_token)),
  );
  return textAt(find(answer, 'RecordingConfiguration'), 'Source', 'SourceId');
}

/** The answer, or undefined from a device that has none to give. Refusals and silence are thrown on. */
async function answered<Answer>(question: Promise<Answer>): Promise<Answer | undefined> {
  return await question.catch((error) => {
    if (isCoded(error, 'DEVICE_UNSUPPORTED', 'DEVICE_BROKEN')) return undefined;
    throw error;
  });
}
