import { afterEach, expect, test } from 'vitest';
import { type Rendered, render } from '../testing/render.tsx';
import { Markdown } from './markdown.tsx';

let page: Rendered | undefined;
afterEach(() => page?.close());

const html = async (text: string): Promise<string> => {
  page = await render(<Markdown text={text} />);
  return document.querySelector('.markdown')?.innerHTML.replaceAll('\n', '') ?? '';
};

test('lines stay lines, in paragraphs, lists and emphasis', async () => {
  expect(await html('Kind regards,\nThe *support\nteam*')).toBe('<p>Kind regards,<br>The <em>support<br>team</em></p>');
  await page?.close();
  expect(await html('- one\n  two\n- three')).toContain('<li>one<br>two</li>');
});

test('a break that was asked for is one break, and code is left as it is', async () => {
  expect(await html('one  \ntwo')).toBe('<p>one<br>two</p>');
  await page?.close();
  page = await render(<Markdown text={'```\na\nb\n```'} />);
  expect(document.querySelector('.markdown pre')?.textContent).toBe('a\nb\n');
});

test('a mail address in a table of customers is text; one that was made a link is a link', async () => {
  expect(await html('name,email\nAnn,ann@example.com')).toBe('<p>name,email<br>Ann,<span>ann@example.com</span></p>');
  await page?.close();
  expect(await html('[Write to us](mailto:help@example.com)')).toContain('href="mailto:help@example.com"');
});
