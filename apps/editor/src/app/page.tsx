import type { ReactNode } from 'react';

/** A page with one heading and a column of content. */
export function Page({ title, text, back, children }: { title: string; text?: string; back?: ReactNode; children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className="scroll flex-1 outline-none">
      <div className="mx-auto flex w-full max-w-[1040px] flex-col gap-6 px-6 pt-10 pb-16">
        <header>
          {back}
          <h1 className="text-page font-semibold tracking-tight">{title}</h1>
          {text !== undefined && <p className="mt-1 text-field text-ink2">{text}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
