import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { json } from '../http/answer.ts';
import { managementApi } from '../open-api/management-api.ts';

/** `/api/openapi.json`: the management API and the endpoint of published flows, as an OpenAPI 3.1 document. */
export const openApiRoutes = new Hono<Env>().get('/openapi.json', () => json(managementApi()));
