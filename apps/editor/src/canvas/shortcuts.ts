/** The one registry of keys: the canvas listens by it and the "?" sheet is made from it. */
export interface Shortcut {
  id: ShortcutId;
  group: 'run' | 'edit' | 'view' | 'canvas';
  /** Chords; `Mod` is Ctrl, or Cmd on a Mac. */
  keys: readonly string[];
  /** Also while a text field has focus. */
  inFields?: boolean;
  /** Only for the sheet: another part listens. */
  shownOnly?: boolean;
}

export const shortcutIds = [
  'run',
  'stop',
  'runStep',
  'runFrom',
  'addStep',
  'commandPalette',
  'undo',
  'redo',
  'copy',
  'cut',
  'paste',
  'duplicate',
  'remove',
  'selectAll',
  'rename',
  'open',
  'bypass',
  'pin',
  'connect',
  'walk',
  'nudge',
  'nudgeFar',
  'pan',
  'fit',
  'fitSelection',
  'actualSize',
  'tidy',
  'save',
  'cancel',
  'help',
] as const;
export type ShortcutId = (typeof shortcutIds)[number];

export const shortcuts: readonly Shortcut[] = [
  { id: 'run', group: 'run', keys: ['Mod+Enter'], inFields: true },
  { id: 'stop', group: 'run', keys: ['Mod+.'], inFields: true },
  { id: 'runStep', group: 'run', keys: ['Shift+Enter'] },
  { id: 'runFrom', group: 'run', keys: ['Mod+Shift+Enter'] },
  { id: 'save', group: 'run', keys: ['Mod+S'], inFields: true },
  { id: 'undo', group: 'edit', keys: ['Mod+Z'] },
  { id: 'redo', group: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  // Clipboard keys come as clipboard events, which need no permission.
  { id: 'copy', group: 'edit', keys: ['Mod+C'], shownOnly: true },
  { id: 'cut', group: 'edit', keys: ['Mod+X'], shownOnly: true },
  { id: 'paste', group: 'edit', keys: ['Mod+V'], shownOnly: true },
  { id: 'duplicate', group: 'edit', keys: ['Mod+D'] },
  { id: 'remove', group: 'edit', keys: ['Delete', 'Backspace'] },
  { id: 'selectAll', group: 'edit', keys: ['Mod+A'] },
  { id: 'rename', group: 'edit', keys: ['F2'] },
  { id: 'bypass', group: 'edit', keys: ['B'] },
  { id: 'pin', group: 'edit', keys: ['P'] },
  { id: 'addStep', group: 'canvas', keys: ['N', '/'] },
  { id: 'connect', group: 'canvas', keys: ['C'] },
  { id: 'open', group: 'canvas', keys: ['Enter'] },
  { id: 'walk', group: 'canvas', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  { id: 'nudge', group: 'canvas', keys: ['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+ArrowUp', 'Alt+ArrowDown'] },
  { id: 'nudgeFar', group: 'canvas', keys: ['Shift+Alt+ArrowLeft', 'Shift+Alt+ArrowRight', 'Shift+Alt+ArrowUp', 'Shift+Alt+ArrowDown'] },
  { id: 'cancel', group: 'canvas', keys: ['Escape'] },
  { id: 'fit', group: 'view', keys: ['Shift+1'] },
  { id: 'fitSelection', group: 'view', keys: ['Shift+2'] },
  { id: 'actualSize', group: 'view', keys: ['Mod+0'] },
  { id: 'tidy', group: 'view', keys: ['Shift+Alt+T'] },
  { id: 'pan', group: 'view', keys: ['Space'], shownOnly: true },
  { id: 'commandPalette', group: 'view', keys: ['Mod+K'], inFields: true },
  { id: 'help', group: 'view', keys: ['?'] },
];

const letterSetting = 'patchbay.letterKeys';

/** Single letters can be switched off, for people who speak or press keys by accident. */
export const lettersOn = (): boolean => globalThis.localStorage?.getItem(letterSetting) !== 'off';
export const setLetters = (on: boolean): void => globalThis.localStorage?.setItem(letterSetting, on ? 'on' : 'off');

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The chord of a key press, as the registry writes it. Digits and letters are read by place where Shift or Alt change them. */
export function chordOf(event: Pressed): string {
  const mod = event.ctrlKey || event.metaKey;
  const key = keyName(event);
  const shifted = event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key));
  return `${mod ? 'Mod+' : ''}${shifted ? 'Shift+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

function keyName({ key, code, shiftKey, altKey }: Pressed): string {
  if (key === ' ') return 'Space';
  if ((shiftKey || altKey) && /^Digit\d$/.test(code)) return code.slice(5);
  if (altKey && /^Key[A-Z]$/.test(code)) return code.slice(3);
  return key.length === 1 ? key.toUpperCase() : key;
}

/** The shortcut for a key press, given where focus is. */
export function findShortcut(event: Pressed, place: { inField: boolean; letters: boolean }): Shortcut | undefined {
  const chord = chordOf(event);
  const found = shortcuts.find((shortcut) => shortcut.shownOnly !== true && shortcut.keys.includes(chord));
  if (found === undefined || (place.inField && found.inFields !== true)) return undefined;
  return chord.length === 1 && /[A-Z/?]/.test(chord) && !place.letters ? undefined : found;
}

/** Text fields, menus, lists and dialogs keep their keys to themselves. */
export function keepsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, textarea, select, [contenteditable="true"], [contenteditable=""], [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"], [role="tree"], [role="tablist"]',
    ) !== null
  );
}

const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
  Backspace: '⌫',
  Enter: '↵',
};

/** The same key with each of the four arrows is shown once, with all of them. */
export function shownChords(keys: readonly string[]): string[] {
  const held = (chord: string) => chord.slice(0, chord.lastIndexOf('+') + 1);
  const arrows = keys.every((chord) => chord.slice(held(chord).length).startsWith('Arrow'));
  return arrows ? [`${held(keys[0] ?? '')}${keys.map((chord) => chord.slice(held(chord).length)).join('+')}`] : [...keys];
}

/** A chord as keycaps: ["Ctrl", "Shift", "Z"]. */
export function keycaps(chord: string, mac: boolean): string[] {
  return chord.split('+').map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : key === 'Alt' && mac ? '⌥' : (names[key] ?? key)));
}
