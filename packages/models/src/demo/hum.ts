import { base64Of } from '../base64.ts';
import type { MediaPart } from '../interface.ts';
import { wordsOf } from './language.ts';

const rate = 8_000;
const wordSeconds = 0.09;
const pauseSeconds = 0.05;
/** Longer would be no better an example. */
const mostWords = 60;

/** A text hummed: one short tone a word, higher for longer ones. As WAV, 8,000 samples a second of one byte. */
export function hum(text: string): MediaPart {
  const words = wordsOf(text.slice(0, 10_000)).slice(0, mostWords);
  const span = Math.round((wordSeconds + pauseSeconds) * rate);
  const samples = new Uint8Array(Math.max(1, words.length) * span).fill(128);
  for (const [index, word] of words.entries()) {
    const pitch = 220 * 2 ** (Math.min([...word].length, 12) / 12);
    const length = Math.round(wordSeconds * rate);
    for (let at = 0; at < length; at += 1) {
      // It swells and fades, since a tone that begins at once clicks.
      const loud = 40 * Math.sin((Math.PI * at) / length);
      samples[index * span + at] = 128 + Math.round(loud * Math.sin((2 * Math.PI * pitch * at) / rate));
    }
  }
  return { type: 'media', mediaType: 'audio/wav', base64: base64Of(wav(samples)) };
}

function wav(samples: Uint8Array): Uint8Array {
  const file = new Uint8Array(44 + samples.length);
  const view = new DataView(file.buffer);
  const letters = (at: number, text: string): void => {
    for (const [index, letter] of [...text].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  letters(0, 'RIFF');
  view.setUint32(4, 36 + samples.length, true);
  letters(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  // Plain samples, one channel, one byte each.
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  letters(36, 'data');
  view.setUint32(40, samples.length, true);
  file.set(samples, 44);
  return file;
}
