import { Switch as Base } from '@base-ui/react/switch';

/** On or off, at once. Named by a Field's label or by `label`. */
export function Switch({ checked, onChange, label }: { checked: boolean; onChange: (checked: boolean) => void; label?: string }) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent"
    >
      <Base.Thumb className="block size-5 rounded-full bg-line-strong transition-transform data-checked:translate-x-4 data-checked:bg-on-accent" />
    </Base.Root>
  );
}
