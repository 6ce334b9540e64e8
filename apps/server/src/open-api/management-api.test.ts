import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { readJson, startTestServer } from '../test-server.ts';

test('the document is valid OpenAPI and names every route of the API, and no other', async () => {
  const { app, asOwner } = await startTestServer();
  const document = await readJson(await asOwner('GET', '/api/openapi.json'));
  await SwaggerParser.validate(structuredClone(document) as never);
  const described = Object.entries(document['paths'] as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/(?:api|v1|health|ready)/.test(path) && path !== '/api/openapi.json')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual([...new Set(served)].sort());
});
