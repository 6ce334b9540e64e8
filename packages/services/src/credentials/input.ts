import * as z from 'zod';

/** What flows call a connection: the first part of `name/model`. */
export const namePattern = /^[a-z][a-z0-9-]{0,39}$/;
/** Names that mean something else in `name/model`. */
const reserved = new Set(['auto', 'demo']);

// Checked by functions and not by pattern: what a pattern refuses is repeated in the answer, and this may be a secret.
const key = z
  .string()
  .trim()
  .refine((text) => /^[\x21-\x7e]{1,4096}$/.test(text));
const headerValue = z
  .string()
  .trim()
  .refine((text) => /^[\x20-\x7e]{1,4096}$/.test(text));

const name = z
  .string()
  .regex(namePattern)
  .refine((text) => !reserved.has(text));
const title = z.string().trim().min(1).max(100);
const address = z.string().trim().min(1).max(2_000);
const model = z.string().trim().min(1).max(200);
/** Saves without a test: the server may be away, or have nothing that can be tested. */
const untested = z.boolean().optional();

export const createCredentialInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('provider'),
    provider: z.string().max(40),
    key: key.optional(),
    name: name.optional(),
    title: title.optional(),
    baseUrl: address.optional(),
    model: model.optional(),
    untested,
  }),
  z.strictObject({
    kind: z.literal('secret'),
    /** The whole value of the header. */
    key: headerValue,
    name: name.optional(),
    title,
    /** The server it may be sent to; of an address its origin counts. */
    baseUrl: address,
  }),
]);
export type CreateCredentialInput = z.output<typeof createCredentialInput>;
export type NewProvider = Extract<CreateCredentialInput, { kind: 'provider' }>;
export type NewSecret = Extract<CreateCredentialInput, { kind: 'secret' }>;

/** What may change without a new secret. */
export const editCredentialInput = z.strictObject({ title: title.optional(), model: model.nullable().optional() });
/** A new secret for the same place. */
export const rotateCredentialInput = z.strictObject({ key: headerValue, untested });
/** A sentence to ask. */
export const tryCredentialInput = z.strictObject({ prompt: z.string().trim().min(1).max(4_000), model: model.optional() });
export const defaultModelInput = z.strictObject({ model: z.string().trim().min(1).max(200).nullable() });
