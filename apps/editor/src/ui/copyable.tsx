import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

/** A short text to take along, with its name above. */
export function Copyable({ label, text, help, icon }: { label: string; text: string; help?: string; icon?: ReactNode }) {
  return (
    <section aria-label={label}>
      <p className="mb-1 flex items-center gap-1 text-body font-medium">
        {icon}
        {label}
      </p>
      <div className="flex items-center gap-1 rounded-field border bg-sunken py-0.5 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-port break-all">{text}</code>
        <CopyButton text={text} />
      </div>
      {help !== undefined && <p className="mt-1 text-port text-ink3">{help}</p>}
    </section>
  );
}
