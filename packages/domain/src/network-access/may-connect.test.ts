import { describe, expect, it } from 'vitest';
import { type Cidr, parseCidr } from './cidr.ts';
import { mayConnect } from './may-connect.ts';

const list = (...texts: string[]): Cidr[] => texts.map((text) => parseCidr(text)!);
const ORDINARY = list('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7');
const EVERYTHING = list('0.0.0.0/0', '::/0');
const refusal = (address: string, allowed: readonly Cidr[]) => {
  const verdict = mayConnect(address, allowed);
  return verdict.allow ? 'allowed' : verdict.refusal;
};

describe('where a device may be', () => {
  it.each(['10.1.2.3', '192.168.1.20', '172.31.255.255', 'fd12:3456::20'])(
    'lets %s be reached',
    (address) => {
      expect(refusal(address, ORDINARY)).toBe('allowed');
    },
  );

  it.each(['8.8.8.8', '172.32.0.1', '100.64.0.1', '2606:4700::1111'])(
    'refuses %s, which no list names',
    (address) => {
      expect(refusal(address, ORDINARY)).toBe('outside_networks');
    },
  );

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.1.1', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['169.254.10.10', 'link_local'],
    ['fe80::1', 'link_local'],
    ['169.254.169.254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['FD00:0EC2:0:0:0:0:0:0254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['ff02::c', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['::ffff:127.0.0.1', 'embedded_ipv4'],
    ['::ffff:7f00:1', 'embedded_ipv4'],
    ['::ffff:192.168.1.20', 'embedded_ipv4'],
    ['::127.0.0.1', 'embedded_ipv4'],
    ['::ffff:0:127.0.0.1', 'embedded_ipv4'],
    ['64:ff9b::127.0.0.1', 'embedded_ipv4'],
    ['64:ff9b:1::7f00:1', 'embedded_ipv4'],
    ['2002:7f00:1::', 'embedded_ipv4'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'embedded_ipv4'],
    ['fd00::5efe:7f00:1', 'embedded_ipv4'],
    ['fd00::200:5efe:7f00:1', 'embedded_ipv4'],
  ])('refuses %s as %s even where every address is allowed', (address, expected) => {
    expect(refusal(address, [...EVERYTHING, ...ORDINARY])).toBe(expected);
  });

  it.each([
    ['127.0.0.1', '127.0.0.0/8'],
    ['127.0.0.1', '127.0.0.1/32'],
    ['::1', '::1'],
    ['169.254.10.10', '169.254.0.0/16'],
    ['192.0.2.7', '192.0.2.0/24'],
  ])('lets %s be reached where a list names %s', (address, cidr) => {
    expect(refusal(address, list(cidr))).toBe('allowed');
  });

  it.each([
    ['169.254.169.254', '169.254.169.254/32'],
    ['::ffff:127.0.0.1', '::ffff:0:0/96'],
    ['224.0.0.1', '224.0.0.0/4'],
    ['0.0.0.0', '0.0.0.0/32'],
  ])('refuses %s even where a list names %s', (address, cidr) => {
    expect(refusal(address, list(cidr))).not.toBe('allowed');
  });

  it.each([
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '010.0.0.5',
    '10.0.0.256',
    '10.0.0',
    'fe80::1%eth0',
    '[::1]',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3.4:5',
    ' 10.0.0.5',
    'localhost',
    '',
  ])('takes "%s" for no address at all', (address) => {
    expect(refusal(address, [...EVERYTHING, ...ORDINARY])).toBe('no_address');
  });
});
