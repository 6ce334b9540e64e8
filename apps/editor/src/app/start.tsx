import '../i18n/words/app.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from '../api/queries.ts';
import { startI18n } from '../i18n/index.ts';
import { ToastLane } from '../ui/toast.tsx';
import { TooltipHost } from '../ui/tooltip.tsx';
import { createAppRouter } from './router.tsx';

/** Draws the program into the page. */
export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no root');
  await startI18n();
  const queries = createQueries();
  const router = createAppRouter();
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <ToastLane />
          <TooltipHost />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
