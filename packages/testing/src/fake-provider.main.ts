/** The fake provider as a process of its own, for benchmarks: one fixed answer, nothing recorded. */
import { startFakeProvider } from './fake-provider.ts';

const text = process.env['FAKE_TEXT'];
const provider = await startFakeProvider({
  record: false,
  reply: { delayMs: Number(process.env['FAKE_DELAY_MS'] ?? 0), ...(text === undefined ? {} : { text }) },
});
console.log(JSON.stringify({ port: provider.port, url: provider.url }));
process.once('SIGTERM', () => provider.close());
