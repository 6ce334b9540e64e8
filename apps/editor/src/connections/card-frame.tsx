import type { ReactNode } from 'react';
import { join } from '../ui/join.ts';

export interface CardFrameProps {
  title: string;
  /** What flows call it. */
  name?: string;
  /** Badges after the title. */
  marks?: ReactNode;
  /** The menu at the top right. */
  menu?: ReactNode;
  /** Not made by a person here: drawn with a dashed edge. */
  given?: boolean;
  children: ReactNode;
}

/** One connection: what it is called, how it is, what can be done. */
export function CardFrame({ title, name, marks, menu, given = false, children }: CardFrameProps) {
  return (
    <article
      aria-label={title}
      className={join('flex min-w-0 flex-col gap-3 rounded-card border bg-surface p-4 text-body', given ? 'border-dashed' : 'shadow-e1')}
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-field font-medium">{title}</h3>
          {name !== undefined && <code className="block truncate text-port text-ink3">{name}</code>}
        </div>
        <div className="flex flex-wrap justify-end gap-1">{marks}</div>
        {menu}
      </header>
      {children}
    </article>
  );
}
