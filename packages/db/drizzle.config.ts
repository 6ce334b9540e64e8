import { defineConfig } from 'drizzle-kit';

/** `pnpm migration NAME` writes the difference between src/tables.ts and the last migration. */
export default defineConfig({ dialect: 'sqlite', schema: './src/tables.ts', out: './drizzle', casing: 'snake_case' });
