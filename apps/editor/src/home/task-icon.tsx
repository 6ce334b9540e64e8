import {
  AudioLines,
  BookOpen,
  Bot,
  FileText,
  GraduationCap,
  Image,
  Languages,
  LayoutTemplate,
  Lock,
  type LucideIcon,
  MailQuestion,
  MessagesSquare,
  PenLine,
  ShieldCheck,
  ShoppingBag,
  Split,
  SquareCode,
  Table,
  TableProperties,
} from 'lucide-react';

/** The icons templates name, so that only these are bundled. */
export const taskIcons: ReadonlyMap<string, LucideIcon> = new Map(
  Object.entries({
    'audio-lines': AudioLines,
    'book-open': BookOpen,
    bot: Bot,
    'file-text': FileText,
    'graduation-cap': GraduationCap,
    image: Image,
    languages: Languages,
    lock: Lock,
    'mail-question': MailQuestion,
    'messages-square': MessagesSquare,
    'pen-line': PenLine,
    'shield-check': ShieldCheck,
    'shopping-bag': ShoppingBag,
    split: Split,
    'square-code': SquareCode,
    table: Table,
    'table-properties': TableProperties,
  }),
);

export function TaskIcon({ name, size = 18 }: { name: string; size?: number }) {
  const Icon = taskIcons.get(name) ?? LayoutTemplate;
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
