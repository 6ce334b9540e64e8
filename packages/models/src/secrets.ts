const keyShapes = /\b(?:(?:sk|pk|rk|key|gsk|xai|hf|pb_live)[-_]|AIza)[A-Za-z0-9_*-]{6,}|\bBearer\s+\S+|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

/** A provider's words without keys in them, cut to a length a person reads. */
export function maskSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  let masked = text.slice(0, 4_000);
  for (const secret of secrets) if (secret !== undefined && secret.length >= 4) masked = masked.replaceAll(secret, '[key]');
  masked = masked.replace(keyShapes, '[key]');
  return masked.length > 500 ? `${masked.slice(0, 500)}…` : masked;
}
