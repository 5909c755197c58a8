/** What a request may hold. */
export const limits = {
  /** Bytes of a body, once the secret is known to be right: ten thousand alerts of Alertmanager, some 800 bytes each. */
  bySecret: 8 * 1024 * 1024,
  /** Bytes of a body whose signature is still to be checked; Standard Webhooks wants them small. */
  bySignature: 1024 * 1024,
  alerts: 10_000,
  /** Characters of a fingerprint, of a summary, and of a label and its value; and labels of one alert. */
  fingerprint: 200,
  summary: 200,
  label: 100,
  value: 200,
  labels: 50,
} as const;
