import { ImageIcon } from 'lucide-react';
import { type ComponentProps, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { keepLineBreaks } from './keep-line-breaks.ts';
import './markdown.css';

/** Longer texts are shown plain: laying them out at every chunk would stall the page. */
const longest = 60_000;

const schema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data'] },
};

const components: Components = { a: SafeLink, img: BlockedImage };

/**
 * The one place where Markdown becomes a page. Raw HTML is not parsed, addresses are http, https or mailto,
 * and a picture from elsewhere is fetched only when a person asks for it.
 */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  if (text.length > longest) return <p className="break-words whitespace-pre-wrap">{text}</p>;
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, keepLineBreaks]}
        rehypePlugins={[[rehypeSanitize, schema]]}
        components={components}
        urlTransform={safeUrl}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});

/** Only absolute addresses of harmless schemes; everything else loses its target. */
export function safeUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol } = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(protocol) || url.startsWith('data:image/') ? url : '';
}

/** A mail address that merely stands in a text, as in a table of customers, is no link: nobody asked to write there. */
const isBareMail = (href: string, children: ReactNode): boolean => href === `mailto:${typeof children === 'string' ? children : ''}`;

function SafeLink({ href, children }: ComponentProps<'a'>) {
  if (href === undefined || href === '' || href.startsWith('data:') || isBareMail(href, children)) return <span>{children}</span>;
  const title = URL.canParse(href) ? new URL(href).host : href;
  return (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** The content security policy keeps pictures of other hosts out of the page: asked for, one opens beside it. */
function BlockedImage({ src, alt }: ComponentProps<'img'>) {
  const { t } = useTranslation('run');
  if (typeof src !== 'string' || src === '') return <span>{alt}</span>;
  if (src.startsWith('data:image/')) return <img src={src} alt={alt ?? ''} />;
  const host = URL.canParse(src) ? new URL(src).host : src;
  return (
    <a className="blocked-image" href={src} target="_blank" rel="noopener noreferrer nofollow">
      <ImageIcon size={14} aria-hidden />
      {t('imageBlocked', { host })}
    </a>
  );
}
