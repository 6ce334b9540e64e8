import {
  Braces,
  Circle,
  Combine,
  EyeOff,
  FileText,
  Filter,
  GitBranch,
  Globe,
  Languages,
  ListCollapse,
  ListTree,
  LogIn,
  LogOut,
  type LucideIcon,
  ScanSearch,
  ScanText,
  Sparkles,
  Split,
  StickyNote,
  TableProperties,
  Tags,
  TextQuote,
  Type,
} from 'lucide-react';

/** The icons node types name, so that only these are bundled. A test holds the catalogue to this list. */
export const icons: ReadonlyMap<string, LucideIcon> = new Map(
  Object.entries({
    braces: Braces,
    combine: Combine,
    'eye-off': EyeOff,
    'file-text': FileText,
    filter: Filter,
    'git-branch': GitBranch,
    globe: Globe,
    languages: Languages,
    'list-collapse': ListCollapse,
    'list-tree': ListTree,
    'log-in': LogIn,
    'log-out': LogOut,
    'scan-search': ScanSearch,
    'scan-text': ScanText,
    sparkles: Sparkles,
    split: Split,
    'sticky-note': StickyNote,
    'table-properties': TableProperties,
    tags: Tags,
    'text-quote': TextQuote,
    type: Type,
  }),
);

export function StepIcon({ name, size = 16 }: { name: string | undefined; size?: number }) {
  const Icon = icons.get(name ?? '') ?? Circle;
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />;
}
