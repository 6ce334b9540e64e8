import { expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

test('without settings: port 4000 on this machine, data beside where we were started', () => {
  expect(readSettings({}, '/work')).toEqual({ port: 4_000, host: '127.0.0.1', dataFolder: '/work/data', logLevel: 'info' });
  expect(readSettings({ PORT: ' ', HOST: '', PATCHBAY_DATA: '' }, '/work')).toEqual({
    port: 4_000,
    host: '127.0.0.1',
    dataFolder: '/work/data',
    logLevel: 'info',
  });
});

test('the data folder is relative to where the command was started, not to where pnpm went', () => {
  expect(readSettings({ PATCHBAY_DATA: 'here/data', INIT_CWD: '/home/me' }, '/repo/apps/server').dataFolder).toBe('/home/me/here/data');
  expect(readSettings({ PATCHBAY_DATA: '/var/data', INIT_CWD: '/home/me' }, '/repo').dataFolder).toBe('/var/data');
});

test.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])('%s is this machine', (host) =>
  expect(readSettings({ HOST: host }, '/').host).toBe(host),
);

test.each(['0.0.0.0', '::', '192.168.0.4', 'example.com', '127.0.0.1.evil.example', '10.0.0.1', '127.999.0.1'])(
  '%s is refused with the reason and the way out',
  (host) => {
    expect(() => readSettings({ HOST: host }, '/')).toThrow(/no accounts yet.*127\.0\.0\.1/s);
  },
);

test.each(['-1', '65536', 'many', '4000.5', '0x10', '1e3'])('the port %s is refused', (port) => {
  expect(() => readSettings({ PORT: port }, '/')).toThrow(SettingsError);
});

test('how much is logged is one of the known words', () => {
  expect(readSettings({ PATCHBAY_LOG_LEVEL: ' Debug ' }, '/').logLevel).toBe('debug');
  expect(() => readSettings({ PATCHBAY_LOG_LEVEL: 'loud' }, '/')).toThrow(/PATCHBAY_LOG_LEVEL is “loud”.*info/);
});
