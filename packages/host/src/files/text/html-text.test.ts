import { expect, test } from 'vitest';
import { htmlToText } from './html-text.ts';

test.each([
  ['<p>One <b>bold</b>\n word.</p><p>Two</p>', 'One bold word.\n\nTwo'],
  ['<h2>Title</h2><div>a</div><div>b<br>c</div>', '## Title\n\na\nb\nc'],
  ['<ul><li>x<li><p>y</p></ul>after', '- x\n- y\n\nafter'],
  ['<table><tr><td>a</td><td> b </td></tr><tr><td>1</td><td>2</td></tr></table>', 'a\tb\n1\t2'],
  ['<table><tr><td><p>a</p><p>b</p><td>c<br>d<tr><td>1</table>', 'a b\tc d\n1'],
  ['<title>T</title><style>p{}</style><script>alert(1)</script>text<noscript>no</noscript>', 'text'],
  ['a &amp; b &lt;c&gt; &#20320;', 'a & b <c> 你'],
  ['a<pre>if x:\n  # <b>why</b>\n  y\n</pre>b', 'a\n\n```\nif x:\n  # why\n  y\n```\n\nb'],
  ['<pre>```\ncode<br># x\n```</pre>', '````\n```\ncode\n# x\n```\n````'],
  ['a<pre> \n</pre><nav>Menu</nav>b<table><tr><td><pre>1\n2</pre><td>3</table>', 'a\n\nb\n\n1 2\t3'],
  ['<p>a<p>b<div>c', 'a\n\nb\n\nc'],
  ['', ''],
])('%s', (html, text) => expect(htmlToText(html)).toBe(text));

test('a page nested without end is read as far as anybody would', () => {
  expect(htmlToText(`${'<div>'.repeat(400)}deep`)).toBe('deep');
  expect(htmlToText(`before${'<div>'.repeat(3_000)}deep`)).toBe('before');
  expect(htmlToText(`before<pre>${'<b>'.repeat(3_000)}deep</pre>`)).toBe('before');
});
