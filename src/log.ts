import { pino } from 'pino';
import type { Log } from './core/index.ts';

/** Names whose values never reach a log line, wherever they stand. */
const SECRET_NAMES = ['token', 'secret', 'password', 'authorization', 'signature', 'url'];

/** Log lines as JSON on standard error, so that standard output stays free for what a command prints. */
export function createLog(level: string): Log {
  const redact = { paths: SECRET_NAMES.flatMap(name => [name, `*.${name}`]), censor: '[hidden]' };
  const out = pino(
    { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
  return {
    info: (message, fields = {}) => out.info(fields, message),
    warn: (message, fields = {}) => out.warn(fields, message),
    error: (message, fields = {}) => out.error(fields, message),
  };
}
