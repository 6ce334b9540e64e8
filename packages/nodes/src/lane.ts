import type { PortChunk } from '@patchbay/node-kit';

/** Texts that come in by calls and go out as an iteration. */
export function createLane() {
  const waiting: PortChunk[] = [];
  let closed = false;
  let change = Promise.withResolvers<void>();
  const wake = (): void => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  return {
    put(port: string, text: string): void {
      waiting.push({ port, text });
      wake();
    },
    close(): void {
      closed = true;
      wake();
    },
    async *chunks(): AsyncGenerator<PortChunk> {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk !== undefined) yield chunk;
        else if (closed) return;
        else await change.promise;
      }
    },
  };
}
