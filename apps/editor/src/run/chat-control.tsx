import { isRecord, type Json } from '@patchbay/flow';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';

const roles = ['user', 'assistant', 'system'] as const;
type Role = (typeof roles)[number];

interface ChatControlProps {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
}

/** A conversation: who says what, in order. Parts that are no text are kept as they are. */
export function ChatControl({ label, value, onChange }: ChatControlProps) {
  const { t } = useTranslation('run');
  const messages = messagesOf(value);
  const set = (index: number, change: Record<string, Json>) =>
    onChange(messages.map((message, at) => (at === index ? { ...message, ...change } : message)));
  const lastRole = messages.at(-1)?.['role'];
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-label={label}>
      {messages.map((message, index) => (
        <div key={index} className="flex flex-col gap-1 rounded-field border p-2">
          <div className="flex items-center gap-2">
            <Select<Role>
              label={t('role')}
              className="w-36"
              value={roles.find((role) => role === message['role']) ?? 'user'}
              onChange={(role) => set(index, { role })}
              options={roles.map((role) => ({ value: role, label: t(role) }))}
            />
            <span className="flex-1" />
            <IconButton
              label={t('removeItem', { number: index + 1 })}
              icon={<X />}
              onClick={() => onChange(messages.toSpliced(index, 1))}
            />
          </div>
          <TextArea
            rows={2}
            aria-label={`${t('message')} ${index + 1}`}
            value={typeof message['content'] === 'string' ? message['content'] : JSON.stringify(message['content'])}
            onChange={(event) => set(index, { content: event.target.value })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus />}
        className="self-start"
        onClick={() => onChange([...messages, { role: lastRole === 'user' ? 'assistant' : 'user', content: '' }])}
      >
        {t('addItem')}
      </Button>
    </fieldset>
  );
}

const messagesOf = (value: Json): Record<string, Json>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, Json> => isRecord(item)) : [];
