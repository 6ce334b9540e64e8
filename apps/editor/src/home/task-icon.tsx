import { FileText, Languages, LayoutTemplate, type LucideIcon, MailQuestion, MessagesSquare, Split, TableProperties } from 'lucide-react';

/** The icons templates name, so that only these are bundled. */
export const taskIcons: ReadonlyMap<string, LucideIcon> = new Map(
  Object.entries({
    'file-text': FileText,
    languages: Languages,
    'mail-question': MailQuestion,
    'messages-square': MessagesSquare,
    split: Split,
    'table-properties': TableProperties,
  }),
);

export function TaskIcon({ name, size = 18 }: { name: string; size?: number }) {
  const Icon = taskIcons.get(name) ?? LayoutTemplate;
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
