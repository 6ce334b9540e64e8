import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { describeThrown } from './log-error.ts';

/** One JSON line per event on standard error, so that standard output stays for people. Bodies are never handed to it. */
export function createLog(level: string, stream: DestinationStream = quiet()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: (thrown: unknown) => describeThrown(thrown) },
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['*.authorization', '*.cookie', '*.key', '*.secret', '*.apiKey'], censor: '[redacted]' },
    },
    stream,
  );
}

/** A log that cannot be written must not stop the service. */
function quiet(): DestinationStream {
  const stream = destination({ fd: 2, sync: true });
  stream.on('error', () => {});
  return stream;
}
