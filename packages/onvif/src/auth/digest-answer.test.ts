import { describe, expect, it } from 'vitest';
import { digestAuthorization } from './digest-answer.ts';
import { chooseChallenge, parseChallenges } from './digest-challenge.ts';

const REALM = 'realm="http-auth@example.org"';
const NONCE = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
const OPAQUE = 'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
const REQUEST = {
  method: 'GET',
  uri: '/dir/index.html',
  body: '',
  username: 'Mufasa',
  password: 'Circle of Life',
  nonce_count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

describe('the answer to a digest challenge', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('is that of RFC 7616, 3.9.1, for %s', (algorithm, response) => {
    const header = `Digest ${REALM}, qop="auth, auth-int", algorithm=${algorithm}, ${NONCE}, ${OPAQUE}`;
    const answer = digestAuthorization(chooseChallenge([header])!, REQUEST);
    expect(answer).toContain(`response="${response}"`);
    for (const field of [OPAQUE, 'qop=auth,', 'nc=00000001', `algorithm=${algorithm}`]) {
      expect(answer).toContain(field);
    }
  });

  it('holds no line break, whatever stands in a name', () => {
    const challenge = chooseChallenge([`Digest ${REALM}, ${NONCE}`])!;
    const answer = digestAuthorization(challenge, { ...REQUEST, username: 'a"\\\r\nX: y' });
    expect(answer).not.toMatch(/[\r\n]/);
    expect(answer).toContain('username="a\\"\\\\X: y"');
  });
});

describe('reading a challenge', () => {
  it('takes it as devices write it: quoted flags, empty opaque, no algorithm', () => {
    const header = 'Digest realm="Login to 0ccf58",qop="auth",nonce="b252", opaque="", stale="false"';
    expect(chooseChallenge([header])).toEqual({
      realm: 'Login to 0ccf58',
      nonce: 'b252',
      opaque: '',
      algorithm: 'md5',
      algorithm_token: null,
      is_session: false,
      qop: 'auth',
      is_stale: false,
    });
  });

  it.each([
    ['qop="auth,auth-int"', 'auth'],
    ['qop="auth-int"', 'auth-int'],
    ['qop=auth', 'auth'],
    ['qop="AUTH-INT , Auth"', 'auth'],
    ['qop=""', null],
    ['charset=UTF-8', null],
  ])('with %s protects by %s', (offer, qop) => {
    expect(chooseChallenge([`Digest realm="r", nonce="n", ${offer}`])?.qop).toBe(qop);
  });

  it.each([
    'Digest realm="r"',
    'Digest nonce="n"',
    'Digest realm="r", nonce="n", algorithm=AKAv1-MD5',
    'Digest realm="r", nonce="n", qop="other"',
    'Digest realm="r\u0007", nonce="n"',
    'Basic realm="r"',
    '',
  ])('leaves out %j, which cannot be answered', (header) => {
    expect(parseChallenges(header)).toEqual([]);
  });

  it('finds the strongest among several, in one header or in many, past Basic', () => {
    const one =
      'Basic realm="b", Digest realm="r", nonce="n", algorithm=MD5-sess, Digest realm="r", nonce="n", algorithm="SHA-256-sess"';
    expect(chooseChallenge([one])).toMatchObject({ algorithm: 'sha256', is_session: true });
    const many = [
      'Digest realm="r", nonce="n"',
      'Digest realm="r", nonce="n", algorithm=SHA-512-256',
      'Basic realm="b"',
    ];
    expect(chooseChallenge(many)).toMatchObject({ algorithm: 'sha512-256', is_session: false });
  });
});
