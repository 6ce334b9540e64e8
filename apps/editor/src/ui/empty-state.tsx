import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  text?: string;
  /** What to do next. */
  action?: ReactNode;
  /** It is the whole page: its title is the page's. */
  page?: boolean;
}

export function EmptyState({ icon, title, text, action, page = false }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon !== undefined && <div className="mb-1 text-ink3 [&_svg]:size-6">{icon}</div>}
      {page ? (
        <h1 className="text-page font-semibold tracking-tight text-ink">{title}</h1>
      ) : (
        <p className="text-field font-medium text-ink">{title}</p>
      )}
      {text !== undefined && <p className="max-w-[48ch] text-body text-ink2 text-pretty">{text}</p>}
      {action !== undefined && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  );
}
