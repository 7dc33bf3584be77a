/** Text and boxes that ask a reader to open something else: an address, another file. Given as bytes of a "video". */
import { box, boxOf, withMovie } from './mp4-surgery.ts';

/** By name. `port` is where nobody may come to; `file` is a good video nobody may be led to. */
export function playlists(port: number, file: string, good: Buffer): Readonly<Record<string, Buffer>> {
  const http = `http://127.0.0.1:${port}/segment.ts`;
  const text = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`);
  const hls = (target: string) => [
    ...['#EXTM3U', '#EXT-X-TARGETDURATION:10', '#EXT-X-MEDIA-SEQUENCE:0'],
    ...['#EXTINF:10.0,', target, '#EXT-X-ENDLIST'],
  ];
  const sdp = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  return {
    'hls-address.mp4': text(hls(http)),
    'hls-file.ts': text(hls(`file://${file}`)),
    'hls-key.ts': text([
      ...hls(file).slice(0, 3),
      `#EXT-X-KEY:METHOD=AES-128,URI="${http}"`,
      ...hls(file).slice(3),
    ]),
    'hls-protocols.mkv': text(hls(`concat:${http}|subfile,,start,0,end,9,,:${file}`)),
    'concat-list.mp4': text(['ffconcat version 1.0', `file '${file}'`, `file '${http}'`]),
    'session.mp4': text([...sdp, `m=video ${port} RTP/AVP/TCP 96`, 'a=rtpmap:96 H264/90000']),
    'dash.mp4': text([
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S">',
      `<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${http}</BaseURL>`,
      '</Representation></AdaptationSet></Period></MPD>',
    ]),
    'xspf.mp4': text([
      '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track>',
      `<location>${http}</location></track></trackList></playlist>`,
    ]),
    'smooth.mp4': text([
      `<SmoothStreamingMedia MajorVersion="2"><StreamIndex Url="${http}"/></SmoothStreamingMedia>`,
    ]),
    'real-text.avi': text(['RTSPtext', `rtsp://127.0.0.1:${port}/x`]),
    'asx.asf': text([`<ASX VERSION="3.0"><ENTRY><REF HREF="${http}"/></ENTRY></ASX>`]),
    'internet-shortcut.mp4': text(['[InternetShortcut]', `URL=${http}`]),
    'reference-movie.mov': Buffer.concat([boxOf(good, 'ftyp'), referenceMovie(http)]),
    'data-elsewhere.mov': withMovie(good, dataElsewhere(good, http)),
    'data-in-file.mov': withMovie(good, dataElsewhere(good, `file://${file}`)),
  };
}

/** QuickTime's reference movie: "the real one is there". */
function referenceMovie(address: string): Buffer {
  const target = Buffer.from(`${address}\0`);
  const head = Buffer.alloc(12);
  head.write('url ', 4, 'latin1');
  head.writeUInt32BE(target.length, 8);
  return box('moov', box('rmra', box('rmda', box('rdrf', head, target))));
}

/** A movie whose samples are said to lie at another address (a data reference that is not "in this file"). */
function dataElsewhere(good: Buffer, address: string): Buffer {
  const movie = boxOf(good, 'moov');
  const inFile = boxOf(good, 'dref');
  const entry = box('url ', Buffer.alloc(4), Buffer.from(`${address}\0`));
  const elsewhere = box('dref', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), entry);
  const at = movie.indexOf(inFile);
  const grown = Buffer.concat([movie.subarray(0, at), elsewhere, movie.subarray(at + inFile.length)]);
  const more = elsewhere.length - inFile.length;
  for (const type of ['moov', 'trak', 'mdia', 'minf', 'dinf']) {
    const start = grown.indexOf(type, 0, 'latin1') - 4;
    grown.writeUInt32BE(grown.readUInt32BE(start) + more, start);
  }
  return grown;
}
