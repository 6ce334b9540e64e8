import { crc32 } from 'node:zlib';

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A header of type string: its name, a 7, its value, each with its length. */
function header(name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([7, text.length >> 8, text.length & 255]), text]);
}

/** One message of `application/vnd.amazon.eventstream`: lengths, headers and payload, each guarded by a checksum. */
export function awsEvent(type: string, payload: object | string, exception = false): Buffer {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const headers = Buffer.concat([
    header(exception ? ':exception-type' : ':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', exception ? 'exception' : 'event'),
  ]);
  const lengths = Buffer.concat([number(16 + headers.length + body.length), number(headers.length)]);
  const message = Buffer.concat([lengths, number(crc32(lengths)), headers, body]);
  return Buffer.concat([message, number(crc32(message))]);
}
