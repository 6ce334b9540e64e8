import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { join } from './join.ts';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  /** A figure or glyph after the label. */
  mark?: ReactNode;
  content: ReactNode;
}

export interface TabsProps<Id extends string> {
  items: TabItem<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  label: string;
  /** Something at the end of the row of tabs. */
  end?: ReactNode;
  className?: string;
  panelClassName?: string;
}

export function Tabs<Id extends string>({ items, value, onChange, label, end, className, panelClassName }: TabsProps<Id>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as Id)} className={join('flex min-h-0 flex-col', className)}>
      <div className="flex items-center border-b">
        <Base.List aria-label={label} activateOnFocus className="flex min-w-0 flex-1 gap-4 overflow-x-auto px-4">
          {items.map((item) => (
            <Base.Tab
              key={item.id}
              value={item.id}
              className="-mb-px flex h-9 shrink-0 items-center gap-1 border-b-2 border-transparent text-body text-ink2 transition-colors hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:font-medium data-active:text-ink pointer-coarse:h-11"
            >
              {item.label}
              {item.mark !== undefined && <span className="figures text-meta text-ink3">{item.mark}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {end}
      </div>
      {items.map((item) => (
        <Base.Panel key={item.id} value={item.id} className={join('scroll min-h-0 flex-1 focus-visible:-outline-offset-2', panelClassName)}>
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
