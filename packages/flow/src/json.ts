import * as z from 'zod';

/** Any JSON value. What flows along edges, apart from media and streams, is this. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Accepts JSON values; depth and size are bounded by the parser that reads the text. */
export const jsonSchema: z.ZodType<Json> = z.json() as z.ZodType<Json>;
