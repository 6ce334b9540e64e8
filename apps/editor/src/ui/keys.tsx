const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const macNames: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' };
const otherNames: Record<string, string> = { Mod: 'Ctrl' };

/** A key chord as the reader's keyboard names it: `Mod+Enter` is ⌘↵ or Ctrl Enter. */
export function chordParts(chord: string, mac = isMac()): string[] {
  const names = new Map(Object.entries(mac ? macNames : otherNames));
  return chord.split(/\+(?=.)/).map((part) => names.get(part) ?? part);
}

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {chordParts(keys).map((part) => (
        <kbd key={part} className="min-w-5 rounded-chip border border-line bg-sunken px-1 text-center text-meta text-ink2">
          {part}
        </kbd>
      ))}
    </span>
  );
}
