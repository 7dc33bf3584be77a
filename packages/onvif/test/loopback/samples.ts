/** Parameter sets as x264 and x265 write them, and pictures of no meaning. */
const decode = (text: string): Buffer => Buffer.from(text, 'base64');

/** 352×288, constrained baseline. */
export const CIF = { sps: decode('Z0LADNkBYJbARAAAAwAEAAADAFA8UKkg'), pps: decode('aMuDyyA=') };
/** 640×360, high profile. */
export const HIGH = { sps: decode('Z2QAFqzZQKAv+XARAAADAAEAAAMAFA8WLZY='), pps: decode('aOvjyyLA') };
/** 322×242, main profile: cropped on the right and below. */
export const ODD = { sps: decode('Z01ADOygqEPERGAiAAADAAIAAAMAKB4oUyw='), pps: decode('aOvjyyA=') };
/** 352×288, high 4:2:2, fields. */
export const INTERLACED = { sps: decode('Z3oAFbzZQWEtgIgAAAMACAAAAwBQ+KFMsA=='), pps: decode('aPujyyLA') };
/** 322×242, main profile of H.265. */
export const HEVC_ODD = {
  vps: decode('QAEMAf//AWAAAAMAkAAAAwAAAwA8lZgJ'),
  sps: decode('QgEBAWAAAAMAkAAAAwAAAwA8oApID5ySZZWaSTK8BaAgAAADACAAAAMBQQ=='),
  pps: decode('RAHBcrRiQA=='),
};
/** 640×360, main 10 profile of H.265. */
export const HEVC_TEN_BIT = {
  vps: decode('QAEMAf//AiAAAAMAkAAAAwAAAwA/lZgJ'),
  sps: decode('QgEBAiAAAAMAkAAAAwAAAwA/oAUCAWk2WVmkkyvAWgIAAAMAAgAAAwAUEA=='),
  pps: decode('RAHBcrRiQA=='),
};

/** An IDR picture of `size` bytes that tells itself apart by `mark`. */
export function idr(mark: number, size = 40): Buffer {
  return Buffer.concat([Buffer.from([0x65]), Buffer.alloc(size - 1, mark)]);
}

/** A picture that needs others. */
export function slice(mark: number, size = 20): Buffer {
  return Buffer.concat([Buffer.from([0x41]), Buffer.alloc(size - 1, mark)]);
}
