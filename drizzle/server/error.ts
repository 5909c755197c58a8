/** The desk's own PostgreSQL cannot run; the message says why and what a person can do about it. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}
