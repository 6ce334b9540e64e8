import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';

interface ItemButtonsProps {
  name: string;
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** What can be done with one entry of a list. */
export function ItemButtons({ name, index, count, onMove, onRemove }: ItemButtonsProps) {
  const { t } = useTranslation('inspector');
  return (
    <span className="flex shrink-0">
      {count > 1 && (
        <>
          <IconButton
            className="size-7!"
            data-move={-1}
            label={t('list.up', { name })}
            keys="Alt+↑"
            icon={<ArrowUp />}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            className="size-7!"
            data-move={1}
            label={t('list.down', { name })}
            keys="Alt+↓"
            icon={<ArrowDown />}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          />
        </>
      )}
      <IconButton className="size-7!" label={t('list.remove', { name })} icon={<X />} onClick={onRemove} />
    </span>
  );
}
