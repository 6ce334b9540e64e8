import { FileTextError } from './file-text-error.ts';

/** More than this a PDF may have, but nobody reads it in one step. */
export const mostPdfPages = 2_000;

/**
 * The text of each page, of the first `pages` where that is given. Throws FileTextError `locked` for a PDF that needs a
 * password, `broken` for one that cannot be read, `too_many_pages` for one that is longer than anybody reads at once.
 */
export async function pdfToPages(bytes: Uint8Array, pages?: number): Promise<string[]> {
  const { getDocumentProxy } = await import('unpdf');
  // The reader takes the bytes over, so it gets its own.
  const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 }).catch((error: unknown) => {
    throw new FileTextError(error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken');
  });
  try {
    if (pages === undefined && pdf.numPages > mostPdfPages) throw new FileTextError('too_many_pages', { limit: mostPdfPages });
    const texts: string[] = [];
    for (let number = 1; number <= Math.min(pdf.numPages, pages ?? mostPdfPages); number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      texts.push(tidy(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')));
      page.cleanup();
    }
    return texts;
  } catch (error) {
    throw error instanceof FileTextError ? error : new FileTextError('broken');
  } finally {
    await pdf.loadingTask.destroy().catch(() => undefined);
  }
}

const tidy = (text: string): string =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
