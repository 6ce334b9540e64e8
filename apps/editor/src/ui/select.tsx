import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { controlLook } from './field.tsx';
import { join } from './join.ts';

export interface SelectProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  /** Only where no Field label names it. */
  label?: string;
  disabled?: boolean;
  className?: string;
}

export function Select<Value extends string>({ value, onChange, options, label, disabled = false, className }: SelectProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)} items={[...options]} disabled={disabled}>
      <Base.Trigger
        {...(label === undefined ? {} : { 'aria-label': label })}
        className={join(controlLook, 'flex h-9 items-center gap-2 text-left', className)}
      >
        <Base.Value className="flex-1 truncate" />
        <ChevronDown className="size-4 text-ink3" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 min-w-(--anchor-width)">
          <Base.Popup className="floating scroll max-h-(--available-height) p-1 text-body outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex h-8 items-center gap-2 rounded-chip pr-3 pl-2 outline-none select-none data-highlighted:bg-sunken pointer-coarse:h-11"
              >
                <span className="w-4">
                  <Base.ItemIndicator>
                    <Check className="size-4 text-accent" aria-hidden />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{option.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
