import { expect, test } from 'vitest';
import { assertNotForbidden, assertPublic, readTarget } from './target.ts';

const reach = (url: string): void => assertPublic(readTarget(url));

test.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://１２７.０.０.１/',
  'http://①②⑦.0.0.1/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://0/',
  'http://0.0.0.0:8080/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:7f00:0001]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fd00:ec2::254]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://168.63.129.16/',
  'http://100.100.100.200/',
  'http://10.0.0.1/',
  'http://192.168.0.1:8080/',
  'https://172.16.5.4/',
  'http://8.8.8.8:22/',
  'http://8.8.8.8:6379/',
  'http://example.com:25/',
  'http://user@example.com/',
  'http://user:pass@example.com/',
  'http://@example.com/',
  'http://:@example.com/',
  'http://1.1.1.1@127.0.0.1/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://127.0.0.1:6379/_x',
  'data:text/plain,x',
  'javascript:alert(1)',
])('%s is refused as not allowed', (url) => {
  expect(() => reach(url)).toThrow(/address_not_allowed/);
});

test.each([
  '',
  'example.com',
  '/relative',
  'http://',
  'http://exa mple.com/',
  'http://example.com\\@127.0.0.1/',
  'http:\\\\127.0.0.1/',
  'http://example.com/\r\nHost: x',
  'http://exam\tple.com/',
  'http://[::1/',
  'http://example.com:99999/',
  'http://256.1.1.1/',
  'http://[fe80::1%25eth0]/',
])('%j is refused as no address', (url) => {
  expect(() => reach(url)).toThrow(/address_invalid/);
});

test.each([
  ['https://example.com/a?b=c', 'https://example.com', 'example.com:443', '/a?b=c'],
  ['  http://example.com:8080  ', 'http://example.com:8080', 'example.com:8080', '/'],
  ['http://[2606:4700::1111]:8080/x#part', 'http://[2606:4700::1111]:8080', '[2606:4700::1111]:8080', '/x'],
  ['https://例子.测试/路', 'https://xn--fsqu00a.xn--0zwm56d', 'xn--fsqu00a.xn--0zwm56d:443', '/%E8%B7%AF'],
  ['https://example.com/at@sign', 'https://example.com', 'example.com:443', '/at@sign'],
])('%s is read', (url, origin, hostPort, path) => {
  const target = readTarget(url);
  expect(target).toMatchObject({ origin, hostPort, path });
  expect(() => assertPublic(target)).not.toThrow();
});

test('where private hosts are allowed, metadata services still are not', () => {
  expect(() => assertNotForbidden(readTarget('http://127.0.0.1:11434/'))).not.toThrow();
  expect(() => assertNotForbidden(readTarget('http://169.254.169.254/'))).toThrow(/address_not_allowed/);
  expect(() => assertNotForbidden(readTarget('http://[::ffff:a9fe:a9fe]/'))).toThrow(/address_not_allowed/);
});
