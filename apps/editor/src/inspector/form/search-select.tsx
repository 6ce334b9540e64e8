import { Popover as Base } from '@base-ui/react/popover';
import { Command } from 'cmdk';
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { controlLook } from '../../ui/field.tsx';
import { join } from '../../ui/join.ts';
import type { FrameIds } from './field-frame.tsx';

export interface SearchOption {
  value: string;
  label: string;
  /** Other words it is found by. */
  keywords?: string[];
  /** A word at the end of its row. */
  mark?: ReactNode;
  group?: string;
}

export interface SearchSelectProps {
  ids: FrameIds;
  value: string;
  /** What the closed control says. */
  shown: string;
  mark?: ReactNode;
  options: readonly SearchOption[];
  onChange: (value: string) => void;
  searchLabel: string;
  noneText: string;
  /** What is typed may itself be taken; the words of that row, or undefined where it may not. */
  freeEntry?: (typed: string) => string | undefined;
}

/** A choice among many: a list with a search over it. */
export function SearchSelect(props: SearchSelectProps) {
  const { ids, shown, mark } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger
        id={id}
        aria-labelledby={`${ids.labelId} ${id}`}
        aria-describedby={ids.describedBy}
        aria-haspopup="listbox"
        className={join(controlLook, 'flex h-9 items-center gap-2 text-left')}
        data-invalid={ids.invalid || undefined}
      >
        <span className="min-w-0 flex-1 truncate">{shown}</span>
        {mark}
        <ChevronDown className="size-4 shrink-0 text-ink3" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50 w-(--anchor-width)">
          <Base.Popup className="floating flex max-h-[min(var(--available-height),340px)] flex-col overflow-hidden text-body">
            <List {...props} close={() => setOpen(false)} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function List({ value, options, onChange, searchLabel, noneText, freeEntry, close }: SearchSelectProps & { close: () => void }) {
  const [typed, setTyped] = useState('');
  const free = freeEntry?.(typed.trim());
  const choose = (next: string) => {
    onChange(next);
    close();
  };
  const groups = [...new Set(options.map((option) => option.group ?? ''))];
  return (
    <Command label={searchLabel} defaultValue={value} className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder={searchLabel}
        className="h-9 shrink-0 border-b bg-transparent px-3 text-field outline-none"
      />
      <Command.List label={searchLabel} className="scroll min-h-0 p-1">
        <Command.Empty className="px-2 py-3 text-ink3">{noneText}</Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group}
            {...(group === '' ? {} : { heading: <span className="block px-2 pt-2 pb-1 text-meta text-ink3">{group}</span> })}
          >
            {options
              .filter((option) => (option.group ?? '') === group)
              .map((option) => (
                <Row key={option.value} option={option} chosen={option.value === value} onSelect={() => choose(option.value)} />
              ))}
          </Command.Group>
        ))}
        {free !== undefined && !options.some((option) => option.value === typed.trim()) && (
          <Row option={{ value: typed.trim(), label: free }} chosen={false} onSelect={() => choose(typed.trim())} />
        )}
      </Command.List>
    </Command>
  );
}

function Row({ option, chosen, onSelect }: { option: SearchOption; chosen: boolean; onSelect: () => void }) {
  return (
    <Command.Item
      value={option.value}
      keywords={[option.label, ...(option.keywords ?? [])]}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2 rounded-chip px-2 py-1 select-none data-[selected=true]:bg-sunken pointer-coarse:min-h-11"
    >
      <Check className={join('size-4 shrink-0 text-accent', !chosen && 'invisible')} aria-hidden />
      <span className="min-w-0 flex-1 break-words">{option.label}</span>
      {option.mark}
    </Command.Item>
  );
}
