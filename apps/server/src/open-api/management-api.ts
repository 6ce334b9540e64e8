export const managementApi = (): Record<string, unknown> => ({ openapi: '3.1.0' });
