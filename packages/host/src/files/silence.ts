/** So many seconds of silence as a WAV of a hundred bytes a second, in base64: a sound that nobody has to make. */
export function silence(seconds: number): string {
  const bytes = Buffer.alloc(Math.max(headBytes, Math.round(seconds * rate)));
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  // Uncompressed, one channel, eight bits.
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - headBytes, 40);
  return bytes.toString('base64');
}

const rate = 100;
const headBytes = 44;
