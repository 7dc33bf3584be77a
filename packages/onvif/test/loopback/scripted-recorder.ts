import { envelope, fault, type LoopbackHttpServer, startHttpServer } from './http-server.ts';

/** The content of an answer, or what to make of the request and how often the operation was asked before. */
export type Script = string | ((request: string, count: number) => string);

export interface ScriptedRecorder extends LoopbackHttpServer {
  /** How often an operation was asked. */
  asked(operation: string): number;
}

/**
 * A recorder that answers each operation as a test wrote it, and everything else with `ActionNotSupported`. The
 * four services are at the paths of the device service unless `GetServices` is scripted.
 */
export async function startScriptedRecorder(
  scripts: Readonly<Record<string, Script>>,
  wrap: (content: string) => string = envelope,
): Promise<ScriptedRecorder> {
  const counts = new Map<string, number>();
  const all: Readonly<Record<string, Script>> = { GetServices: SERVICES, ...scripts };
  const server = await startHttpServer((post, response) => {
    const operation = /action="[^"]*\/(\w+)"/.exec(post.headers['content-type'] ?? '')?.[1] ?? '';
    const count = counts.get(operation) ?? 0;
    counts.set(operation, count + 1);
    const script = all[operation];
    const content = typeof script === 'function' ? script(post.body, count) : script;
    if (content === undefined) response.writeHead(500).end(fault('ActionNotSupported'));
    else response.end(content.startsWith('<?xml') ? content : wrap(content));
  });
  return { ...server, asked: (operation) => counts.get(operation) ?? 0 };
}

const SERVICES = `<tds:GetServicesResponse>${['media', 'recording', 'search', 'replay']
  .map(
    (name) =>
      `<tds:Service><tds:Namespace>http://www.onvif.org/ver10/${name}/wsdl</tds:Namespace>` +
      `<tds:XAddr>http://192.0.2.1/onvif/${name}</tds:XAddr></tds:Service>`,
  )
  .join('')}</tds:GetServicesResponse>`;

/** `FindRecordingsResponse` or `FindEventsResponse`. */
export const started = (operation: string, token = '1') =>
  `<tse:${operation}Response><tse:SearchToken>${token}</tse:SearchToken></tse:${operation}Response>`;

/** One page of results. */
export const page = (kind: 'Recording' | 'Event', state: string, ...results: readonly string[]) =>
  `<tse:Get${kind}SearchResultsResponse><tse:ResultList><tt:SearchState>${state}</tt:SearchState>` +
  `${results.join('')}</tse:ResultList></tse:Get${kind}SearchResultsResponse>`;

/** `tt:RecordingInformation`; times left out where null. */
export function recording(
  token: string,
  { source = `Source_${token}`, earliest = '2026-11-22T01:00:00Z', latest = '2026-11-22T09:00:00Z' } = {},
): string {
  return (
    `<tt:RecordingInformation><tt:RecordingToken>${token}</tt:RecordingToken>` +
    `<tt:Source><tt:SourceId>${source}</tt:SourceId><tt:Name/></tt:Source>` +
    `<tt:EarliestRecording>${earliest}</tt:EarliestRecording><tt:LatestRecording>${latest}</tt:LatestRecording>` +
    '<tt:Track><tt:TrackToken>v</tt:TrackToken><tt:TrackType>Video</tt:TrackType></tt:Track>' +
    '<tt:RecordingStatus>Recording</tt:RecordingStatus></tt:RecordingInformation>'
  );
}

/** `tt:Result` of an event search: data begins or ends. */
export function change(token: string, time: string, is_data_present: boolean, is_start = false): string {
  return (
    `<tt:Result><tt:RecordingToken>${token}</tt:RecordingToken><tt:TrackToken>v</tt:TrackToken>` +
    `<tt:Time>${time}</tt:Time><tt:Event><wsnt:Message><tt:Message><tt:Data>` +
    `<tt:SimpleItem Name="IsDataPresent" Value="${is_data_present}"/></tt:Data></tt:Message></wsnt:Message>` +
    `</tt:Event><tt:StartStateEvent>${is_start}</tt:StartStateEvent></tt:Result>`
  );
}

/** `GetProfilesResponse`: profile token and source token of each. */
export const profiles = (...pairs: readonly (readonly [string, string])[]) =>
  `<trt:GetProfilesResponse>${pairs
    .map(
      ([profile, source]) =>
        `<trt:Profiles token="${profile}"><tt:Name>x</tt:Name><tt:VideoSourceConfiguration token="c">` +
        `<tt:SourceToken>${source}</tt:SourceToken></tt:VideoSourceConfiguration></trt:Profiles>`,
    )
    .join('')}</trt:GetProfilesResponse>`;

/** `GetRecordingJobsResponse`: recording token and the token its job records from. */
export const jobs = (...pairs: readonly (readonly [string, string])[]) =>
  `<trc:GetRecordingJobsResponse>${pairs
    .map(
      ([token, source]) =>
        `<trc:JobItem><tt:JobToken>j</tt:JobToken><tt:JobConfiguration><tt:RecordingToken>${token}</tt:RecordingToken>` +
        '<tt:Mode>Active</tt:Mode><tt:Priority>1</tt:Priority><tt:Source>' +
        `<tt:SourceToken Type="http://www.onvif.org/ver10/schema/Profile"><tt:Token>${source}</tt:Token>` +
        '</tt:SourceToken></tt:Source></tt:JobConfiguration></trc:JobItem>',
    )
    .join('')}</trc:GetRecordingJobsResponse>`;
