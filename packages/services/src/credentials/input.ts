import * as z from 'zod';
import { usableBy } from '../resources.ts';

/** What flows call a connection: the first part of `name/model`. */
export const namePattern = /^[a-z][a-z0-9-]{0,39}$/;
/** Names that mean something else in `name/model`. */
const reserved = new Set(['auto', 'demo']);

// Checked by functions and not by pattern: what a pattern refuses is repeated in the answer, and this may be a secret.
// What the secret is for decides what it must look like; see `readKey`.
const secret = z
  .string()
  .trim()
  .refine((text) => /^[\x20-\x7e\r\n\t]{1,16384}$/.test(text));

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
    /** A key; of Bedrock also `id:secret[:session token]` or lines copied from AWS, of Vertex AI the text of a key file. */
    key: secret.optional(),
    name: name.optional(),
    title: title.optional(),
    baseUrl: address.optional(),
    /** Of clouds: where in the cloud, such as `eu-central-1`. */
    region: z.string().trim().min(1).max(100).optional(),
    model: model.optional(),
    /** Absent means everyone. */
    usableBy: z.enum(usableBy).optional(),
    untested,
  }),
  z.strictObject({
    kind: z.literal('secret'),
    /** The whole value of the header. */
    key: secret,
    name: name.optional(),
    title,
    /** The server it may be sent to; of an address its origin counts. */
    baseUrl: address,
    /** Absent means everyone. */
    usableBy: z.enum(usableBy).optional(),
  }),
]);
export type CreateCredentialInput = z.output<typeof createCredentialInput>;
export type NewProvider = Extract<CreateCredentialInput, { kind: 'provider' }>;
export type NewSecret = Extract<CreateCredentialInput, { kind: 'secret' }>;

/** What may change without a new secret. */
export const editCredentialInput = z.strictObject({
  title: title.optional(),
  model: model.nullable().optional(),
  usableBy: z.enum(usableBy).optional(),
});
/** A new secret for the same place. */
export const rotateCredentialInput = z.strictObject({ key: secret, untested });
/** A sentence to ask. */
export const tryCredentialInput = z.strictObject({ prompt: z.string().trim().min(1).max(4_000), model: model.optional() });
export const defaultModelInput = z.strictObject({ model: z.string().trim().min(1).max(200).nullable() });
