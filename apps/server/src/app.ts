import { ServiceError } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env, ServerParts } from './environment.ts';
import { refuse } from './http/answer.ts';
import { manager } from './http/authenticate.ts';
import { createMethodTable } from './http/methods.ts';
import { checkHost, checkOrigin } from './http/origin.ts';
import { nextRequestId } from './http/request-id.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { createEditor } from './routes/editor.ts';
import { fileRoutes } from './routes/files.ts';
import { flowRoutes } from './routes/flows.ts';
import { healthRoutes } from './routes/health.ts';
import { keyRoutes } from './routes/keys.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { openApiRoutes } from './routes/open-api.ts';
import { publishedRoutes } from './routes/published.ts';
import { runRoutes } from './routes/runs.ts';

/** The whole HTTP surface. `/api` denies by default: its guard stands before every route under it. */
export function createApp(parts: ServerParts): Hono<Env> {
  const app = new Hono<Env>();
  app.onError((error, c) => refuse(c, parts, error));
  app.route('/', publishedRoutes(parts));
  app.use('/api/*', async (c, next) => {
    c.set('requestId', nextRequestId());
    checkHost(c.req.header('host'));
    checkOrigin(c);
    c.set('ctx', await manager(c, parts));
    await next();
  });
  app.route('/api/flows', flowRoutes);
  app.route('/api/files', fileRoutes);
  app.route('/api/runs', runRoutes);
  app.route('/api/keys', keyRoutes);
  app.route('/api/credentials', credentialRoutes);
  app.route('/api/knowledge', knowledgeRoutes);
  app.route('/api', catalogueRoutes);
  app.route('/api', openApiRoutes);
  app.route('/', healthRoutes(parts));
  const editor = createEditor(parts);
  app.route('/', editor.routes);
  const methods = createMethodTable(app.routes);
  app.notFound((c) => {
    const allow = methods(c.req.path).join(', ');
    if (allow === '' || methods(c.req.path).includes(c.req.method)) {
      return editor.lostPage(c) ?? refuse(c, parts, new ServiceError('not_found', 'no_route'));
    }
    return refuse(c, parts, new ServiceError('method_not_allowed', 'method', { params: { allow }, headers: { Allow: allow } }));
  });
  return app;
}
