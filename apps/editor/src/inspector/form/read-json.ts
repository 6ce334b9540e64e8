import type { Json } from '@patchbay/flow';

export type ReadJson = { ok: true; value: Json | undefined } | { ok: false; line: number };

/** Text as JSON; empty text is no value. Says the line where reading ended. */
export function readJson(text: string): ReadJson {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const line = /line (\d+)/.exec(message)?.[1];
    const position = /position (\d+)/.exec(message)?.[1];
    if (line !== undefined) return { ok: false, line: Number(line) };
    const before = position === undefined ? text : text.slice(0, Number(position));
    return { ok: false, line: before.split('\n').length };
  }
}
