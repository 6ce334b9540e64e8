import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Claim, docxType, sniff } from './sniff.ts';
import { sampleDocx, samplePdf } from './testing/sample-files.ts';
import { writeZip } from './text/zip.ts';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each<[string, Uint8Array | string, string, Claim?]>([
  ['PNG', '\x89PNG\r\n\x1a\n\0\0', 'image/png'],
  ['JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF', 'GIF89a', 'image/gif'],
  ['WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['AVIF', '\0\0\0 ftypavif', 'image/avif'],
  ['HEIC', '\0\0\0 ftypheic', 'image/heic'],
  ['WAV', 'RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
  ['AVI', 'RIFF\0\0\0\0AVI LIST', 'video/x-msvideo'],
  ['MP3 with tags', 'ID3\x04', 'audio/mpeg'],
  ['MP3 without', '\xff\xfb\x90\x64', 'audio/mpeg'],
  ['AAC', '\xff\xf1\x50\x80', 'audio/aac'],
  ['Ogg', 'OggS\0\x02opus', 'audio/ogg'],
  ['Ogg with pictures', 'OggS\0\x02\x80theora', 'video/ogg'],
  ['FLAC', 'fLaC', 'audio/flac'],
  ['MP4', '\0\0\0 ftypisom', 'video/mp4'],
  ['sound in MP4', '\0\0\0 ftypM4A ', 'audio/mp4'],
  ['sound in general MP4', '\0\0\0 ftypisom', 'audio/mp4', { mediaType: 'audio/mp4' }],
  ['QuickTime', '\0\0\0 ftypqt  ', 'video/quicktime'],
  ['WebM', '\x1aE\xdf\xa3\x9f\x42\x82\x84webm', 'video/webm'],
  ['sound in WebM', '\x1aE\xdf\xa3\x9f\x42\x82\x84webm', 'audio/webm', { mediaType: 'audio/webm;codecs=opus' }],
  ['Matroska', '\x1aE\xdf\xa3\x9f\x42\x82\x88matroska', 'video/x-matroska'],
  ['PDF', samplePdf(['x']), 'application/pdf'],
  ['Word', sampleDocx(), docxType],
  ['a zip', writeZip(new Map([['a.txt', latin('a')]])), 'application/zip'],
  ['an old Office file', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  ['HTML', '\n<!DOCTYPE html><title>x', 'text/html'],
  ['HTML after a comment', '<!-- saved --><html>', 'text/html'],
  ['plain text', 'Hello', 'text/plain'],
  ['text that speaks of HTML', 'a long text before <html> is a text', 'text/plain'],
  ['UTF-16', '\xff\xfeH\0i\0', 'text/plain'],
  ['UTF-16 without a mark', 'H\0e\0l\0l\0o\0!\0', 'text/plain'],
  ['a table by its name', 'a,b', 'text/csv', { name: 'A.CSV' }],
  ['a table by what is said', 'a,b', 'text/csv', { mediaType: 'text/csv; charset=utf-8' }],
  ['a part of a page by its name', '<p>Hello', 'text/html', { name: 'part.htm' }],
  ['other bytes', '\0\x01\x02', 'application/octet-stream'],
  ['nothing', '', 'text/plain'],
])('%s', (_, content, mediaType, claim) => {
  expect(sniff(typeof content === 'string' ? latin(content) : content, claim)).toBe(mediaType);
});

test('a name or a claim never makes a picture, a sound or a page of other bytes', () => {
  const claims = ['image/png', 'image/svg+xml', 'text/html', 'application/pdf', 'audio/mpeg', 'text/javascript'];
  for (const mediaType of claims) {
    expect(sniff(latin('hello'), { mediaType, name: 'x.html' })).toBe('text/plain');
    expect(sniff(latin('\0\x01'), { mediaType, name: 'x.png' })).toBe('application/octet-stream');
  }
  expect(sniff(latin('<svg xmlns="x" onload="a()">'), { mediaType: 'image/svg+xml' })).toBe('text/plain');
  expect(sniff(latin('x'), { name: '.constructor' })).toBe('text/plain');
});

test('any bytes have a type', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => /^[a-z]+\/[\w.+-]+$/.test(sniff(bytes))));
});
