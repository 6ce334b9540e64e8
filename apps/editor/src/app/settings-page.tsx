import { locales } from '@patchbay/flow';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { healthQuery, modelsQuery } from '../api/queries.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useLocale } from '../i18n/index.ts';
import { SimulatedBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { KeyList } from './key-list.tsx';
import { ownName } from './language-menu.tsx';
import { NewKeyDialog } from './new-key.tsx';
import { Page } from './page.tsx';
import { setLocale } from './set-locale.ts';
import { type Density, setDensity, setLetterKeys, setTheme, type Theme, themes, useDensity, useLetterKeys, useTheme } from './theme.ts';

export function SettingsPage() {
  const { t } = useTranslation('app');
  const health = useQuery(healthQuery);
  return (
    <Page title={t('settings.title')}>
      <Block title={t('settings.look')}>
        <LookSettings />
      </Block>
      <Block title={t('settings.models')} text={t('settings.modelsHelp')}>
        <ModelList />
        <Link
          to="/connections"
          className="mt-3 inline-block rounded-chip text-body text-accent underline underline-offset-2 hover:no-underline"
        >
          {t('nav.connections')}
        </Link>
      </Block>
      <Block title={t('settings.keys')} text={t('settings.keysHelp')} action={<NewKeyButton />}>
        <KeyList />
      </Block>
      <Block title={t('settings.about')}>
        <p className="text-ink2">
          {t('name')} {health.data !== undefined && t('settings.version', { version: health.data.version })}
        </p>
      </Block>
    </Page>
  );
}

function NewKeyButton() {
  const { t } = useTranslation('app');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus className="size-4" aria-hidden />
        {t('settings.keyNew')}
      </Button>
      {open && <NewKeyDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function Block({ title, text, action, children }: { title: string; text?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-card border bg-surface p-6 shadow-e1">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-title font-semibold">{title}</h2>
          {text !== undefined && <p className="mt-1 max-w-[72ch] text-body text-ink2 text-pretty">{text}</p>}
        </div>
        {action}
      </div>
      <div className="mt-4">{children}</div>
    </section>
  );
}

function LookSettings() {
  const { t } = useTranslation('app');
  const theme = useTheme();
  const density = useDensity();
  const locale = useLocale();
  const letters = useLetterKeys();
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('theme.label')}>
        <Select<Theme>
          value={theme}
          onChange={setTheme}
          label={t('theme.label')}
          options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </Field>
      <Field label={t('language')}>
        <Select
          value={locale}
          onChange={(next) => void setLocale(next)}
          label={t('language')}
          options={locales.map((value) => ({ value, label: ownName(value) }))}
        />
      </Field>
      <Field label={t('settings.density')}>
        <Select<Density>
          value={density}
          onChange={setDensity}
          label={t('settings.density')}
          options={[
            { value: 'comfortable', label: t('settings.comfortable') },
            { value: 'compact', label: t('settings.compact') },
          ]}
        />
      </Field>
      <div className="flex items-start gap-3 sm:col-span-3">
        <Switch checked={letters} onChange={setLetterKeys} label={t('settings.letterKeys')} />
        <div>
          <p className="font-medium">{t('settings.letterKeys')}</p>
          <p className="text-port text-ink3">{t('settings.letterKeysHelp')}</p>
        </div>
      </div>
    </div>
  );
}

function ModelList() {
  const { t } = useTranslation('app');
  const { data, error } = useQuery(modelsQuery);
  if (error !== null) return <p className="text-bad">{sentenceOf(error)}</p>;
  if (data === undefined) return <p className="text-ink3">{t('loading')}</p>;
  return (
    <>
      {data.models.every((model) => model.simulated || model.id === 'auto') && <p className="mb-3 text-ink2">{t('settings.modelsNone')}</p>}
      <ul className="scroll max-h-72 rounded-field border">
        {data.models.map((model) => (
          <li key={model.id} className="flex items-center gap-3 border-b px-3 py-2 last:border-0">
            <code className="flex-1 text-port">{model.id}</code>
            {model.simulated && <SimulatedBadge />}
          </li>
        ))}
      </ul>
    </>
  );
}
