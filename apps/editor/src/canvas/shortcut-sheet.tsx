import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState } from 'react';
import { keycaps, lettersOn, type ShortcutId, setLetters, shortcuts, shownChords } from './shortcuts.ts';
import { useWords } from './use-words.ts';

const groups = ['run', 'edit', 'canvas', 'view'] as const;
const ofParts = (id: ShortcutId): id is 'runStep' | 'runFrom' | 'pin' => id === 'runStep' || id === 'runFrom' || id === 'pin';
const onMac = () => /Mac|iP/.test(navigator.platform);

/** All keys, from the registry the canvas listens by. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [letters, setOn] = useState(lettersOn);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-shade" />
        <Dialog.Popup className="floating key-sheet scroll">
          <Dialog.Title className="key-sheet-title">{t('shortcuts.title')}</Dialog.Title>
          <Dialog.Close className="canvas-tool key-sheet-close" aria-label={t('shortcuts.close')}>
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
          <div className="key-sheet-groups">
            {groups.map((group) => (
              <section key={group}>
                <h3>{t(`shortcuts.groups.${group}`)}</h3>
                <dl>
                  {shortcuts
                    .filter((shortcut) => shortcut.group === group)
                    .map((shortcut) => (
                      <div key={shortcut.id}>
                        <dt>{ofParts(shortcut.id) ? t(`reuse:keys.${shortcut.id}`) : t(`shortcuts.${shortcut.id}`)}</dt>
                        <dd>
                          {shownChords(shortcut.keys).map((chord) => (
                            <span key={chord} className="keycaps">
                              {keycaps(chord, onMac()).map((cap) => (
                                <kbd key={cap}>{cap}</kbd>
                              ))}
                            </span>
                          ))}
                        </dd>
                      </div>
                    ))}
                </dl>
              </section>
            ))}
          </div>
          <label className="key-sheet-letters">
            <input
              type="checkbox"
              checked={letters}
              onChange={(event) => {
                setLetters(event.target.checked);
                setOn(event.target.checked);
              }}
            />
            {t('shortcuts.letterKeys')}
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
