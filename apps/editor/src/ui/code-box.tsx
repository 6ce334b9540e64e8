import { join } from './join.ts';

export interface CodeBoxProps {
  text: string;
  /** Its name for screen readers. */
  label: string;
  wrap?: boolean;
  testId?: string | undefined;
  className?: string;
}

/** Text as written, in mono, that scrolls on its own; by keyboard too, hence the tab stop. */
export function CodeBox({ text, label, wrap = false, testId, className }: CodeBoxProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      data-testid={testId}
      className={join('scroll bg-sunken px-3 py-2 text-port leading-[18px]', className)}
    >
      <pre className={wrap ? 'break-words whitespace-pre-wrap' : ''}>{text}</pre>
    </section>
  );
}
