import { isRecord, type Json } from '@patchbay/flow';
import type { ColumnTitles } from '@patchbay/node-kit';
import { useTranslation } from 'react-i18next';
import { CodeBox } from './code-box.tsx';
import { FileView } from './file-view.tsx';
import { RichText } from './rich-text.tsx';
import { filesIn } from './shown-file.ts';

interface ValueViewProps {
  value: Json;
  /** What the fields of records are called, where they have titles. */
  columns?: ColumnTitles | undefined;
}

/** Any value as a person reads it. Empty text and no value look different. */
export function ValueView({ value, columns }: ValueViewProps) {
  const { t } = useTranslation('run');
  if (value === null) return <p className="text-ink3 italic">{t('nullValue')}</p>;
  if (value === '') return <p className="text-ink3 italic">{t('emptyText')}</p>;
  if (typeof value === 'string') return <RichText text={value} />;
  if (typeof value === 'boolean') return <p className="font-medium">{value ? t('yes') : t('no')}</p>;
  if (typeof value === 'number') return <p className="figures text-title">{value}</p>;
  const files = filesIn(value);
  if (files.length > 0) {
    return (
      <div className="flex flex-col gap-3">
        {files.map((file, index) => (
          <FileView key={index} file={file} />
        ))}
      </div>
    );
  }
  if (isTable(value)) return <TableView rows={value} columns={columns} />;
  return <JsonView value={value} />;
}

export function JsonView({ value }: { value: unknown }) {
  const { t } = useTranslation('run');
  return <CodeBox text={JSON.stringify(value, null, 2)} label={t('tabs.raw')} wrap className="rounded-field" />;
}

const widest = 8;

/** A list of records with few and plain fields reads best as a table. */
function isTable(value: object): value is Record<string, Json>[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isRecord)) return false;
  const names = new Set(value.flatMap((row) => Object.keys(row)));
  return names.size <= widest && value.every((row) => Object.values(row).every((cell) => typeof cell !== 'object' || cell === null));
}

function TableView({ rows, columns }: { rows: Record<string, Json>[]; columns: ColumnTitles | undefined }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div className="scroll">
      <table className="border-collapse text-body">
        <thead>
          <tr className="border-b text-left text-port text-ink3">
            {names.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-medium">
                {columns?.get(name) ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b last:border-0">
              {names.map((name) => (
                <td key={name} className="py-1 pr-4 align-top">
                  {String(row[name] ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
