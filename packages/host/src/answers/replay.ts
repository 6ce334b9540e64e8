import type { ChatChunk, ChatResult } from '@patchbay/models';

/** About a line of text at a time. */
const pieceLength = 120;

/** A whole answer as the stream it could have been. No character is cut in two. */
export function* replay({ text, ...end }: ChatResult): Generator<ChatChunk> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + pieceLength, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to += 1;
    yield { type: 'text', text: text.slice(from, to) };
    from = to;
  }
  yield { type: 'end', ...end };
}
