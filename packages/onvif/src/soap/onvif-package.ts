/**
 * The one place that touches npm `onvif`. It composes good envelopes for its operations, and that is what it
 * is used for. Its transport is replaced (design page 05), and its answer parsers are not used: they turn
 * firmware "1.10" into 1.1 and a serial of 20 digits into a float, and roll month 13 over into next year.
 */
import { Cam } from 'onvif';
import { escapeXml } from '../xml/escape.ts';

/** The operations composed by the package, with their arguments as text. */
export type PackageCall =
  | ['getSystemDateAndTime' | 'getServices' | 'getCapabilities' | 'getDeviceInformation']
  | ['getMediaProfiles' | 'getMedia2Profiles' | 'getRecordings' | 'getRecordingJobs' | 'getRecordingSummary']
  | ['getRecordingInformation' | 'getRecordingConfiguration' | 'getReplayUri', string]
  | ['getMediaStreamUri' | 'getMedia2StreamUri' | 'getMediaSnapshotUri' | 'getMedia2SnapshotUri', string];

/** What the package hands to its transport; `body` is the whole envelope. */
interface Composed {
  readonly body: string;
}

/** The package's client with a transport that keeps the envelope instead of sending it. */
interface Composer {
  media2Support: boolean;
  _request(options: Composed): void;
  getSystemDateAndTime(callback: () => void): void;
  getServices(include_capability: boolean, callback: () => void): void;
  getCapabilities(callback: () => void): void;
  getDeviceInformation(callback: () => void): void;
  getProfiles(callback: () => void): void;
  getRecordings(callback: () => void): void;
  getRecordingJobs(callback: () => void): void;
  getRecordingSummary(callback: () => void): void;
  getRecordingInformation(options: { RecordingToken: string }, callback: () => void): void;
  getRecordingConfiguration(options: { RecordingToken: string }, callback: () => void): void;
  getReplayUri(options: { recordingToken: string }, callback: () => void): void;
  getStreamUri(options: { protocol: 'RTSP'; profileToken: string }, callback: () => void): void;
  getSnapshotUri(options: { profileToken: string }, callback: () => void): void;
}

/** The SOAP envelope of one operation, without credentials, arguments escaped. */
export function composeWithPackage(...[operation, token]: PackageCall): string {
  let envelope = '';
  const composer = new Cam({ hostname: 'unused', autoconnect: false }) as unknown as Composer;
  composer._request = ({ body }) => {
    envelope = body;
  };
  const ignored = () => {};
  switch (operation) {
    case 'getServices':
      composer.getServices(false, ignored);
      break;
    case 'getMediaProfiles':
    case 'getMedia2Profiles':
      composer.media2Support = operation === 'getMedia2Profiles';
      composer.getProfiles(ignored);
      break;
    case 'getRecordingInformation':
    case 'getRecordingConfiguration':
      composer[operation]({ RecordingToken: escapeXml(token) }, ignored);
      break;
    case 'getMediaStreamUri':
    case 'getMedia2StreamUri':
      composer.media2Support = operation === 'getMedia2StreamUri';
      composer.getStreamUri({ protocol: 'RTSP', profileToken: escapeXml(token) }, ignored);
      break;
    case 'getMediaSnapshotUri':
    case 'getMedia2SnapshotUri':
      composer.media2Support = operation === 'getMedia2SnapshotUri';
      composer.getSnapshotUri({ profileToken: escapeXml(token) }, ignored);
      break;
    case 'getReplayUri':
      composer.getReplayUri({ recordingToken: escapeXml(token) }, ignored);
      break;
    default:
      composer[operation](ignored);
  }
  return envelope;
}
