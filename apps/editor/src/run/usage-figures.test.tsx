import type { UsageTotal } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { render } from '../testing/render.tsx';
import { Cost, Tokens, UsageNotes } from './usage-figures.tsx';

const usage: UsageTotal = { calls: 2, inputTokens: 1_200, outputTokens: 34, costUsd: 0.5, estimated: false };
const more = { ...usage, cachedInputTokens: 1_000, reasoningTokens: 30, audioSeconds: 61.4 };

async function shown(figures: UsageTotal | undefined, locale: 'en' | 'zh-Hans' = 'en') {
  const page = await render(
    <p>
      <Tokens usage={figures} worded /> <Cost usage={figures} simulated={false} /> {figures && <UsageNotes usage={figures} />}
    </p>,
    locale,
  );
  const seen = { text: page.text(), title: document.querySelector('[title]')?.getAttribute('title') };
  await page.close();
  return seen;
}

test('tokens and money of calls are told, and nothing more where no call said more', async () => {
  expect(await shown(usage)).toEqual({ text: '1,234 tokens $0.50 ', title: '1,200 in · 34 out' });
  expect((await shown(undefined)).text.trim()).toBe('– –');
});

test.each([
  ['en', ['1,000 of those in, from the provider’s cache', '30 of those out, for thinking', '61 seconds of sound']],
  ['zh-Hans', ['其中输入 1,000 来自提供方缓存', '其中输出 30 用于思考', '61 秒音频']],
] as const)('what was cached, thought and listened to is told where it was said (%s)', async (locale, notes) => {
  const { text, title } = await shown(more, locale);
  for (const note of notes) {
    expect(text).toContain(note);
    expect(title).toContain(note);
  }
});
