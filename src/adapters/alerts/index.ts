import type {
  Admission,
  AlertReceiver,
  AlertRequest,
  AlertSource,
  AlertsRead,
  HookKind,
  SupplierWork,
} from '../../core/index.ts';
import { limits } from './limits.ts';
import { isCalendar, readCalendar } from './maintnote.ts';
import { parserOf } from './parsers.ts';
import { bearer, isSame } from './secret.ts';
import { claimOf, isSignedBy, isSigning, type SignedClaim } from './standard-webhooks.ts';

/** What the receiver is made of. */
export interface AlertSetup {
  readonly sources: readonly Pick<AlertSource, 'name' | 'kind'>[];
  /** By the name of the source; one without a secret takes nothing. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** A source with its secret. */
interface Known {
  readonly name: string;
  readonly kind: HookKind;
  readonly secret: string;
}

/**
 * Who may send alerts, and how each writes them. A source is known by its secret, so several can have one kind: in `Authorization` (Bearer, or
 * Basic with any name), for Statuspage behind the address, for `generic` with a secret `whsec_…` by a signature of Standard Webhooks.
 */
export function createAlertReceiver({ sources, secrets }: AlertSetup): AlertReceiver {
  const known: Known[] = sources.flatMap(({ name, kind }) => {
    const secret = secrets.get(name);
    return kind === 'mail' || secret === undefined || secret === '' ? [] : [{ name, kind, secret }];
  });
  return {
    admit(request) {
      const ofKind = known.filter(({ kind }) => kind === request.kind);
      if (ofKind.length === 0) return { ok: false, status: 404, title: 'Not found', why: 'no such source' };
      if (request.token !== undefined && request.kind !== 'statuspage')
        return { ok: false, status: 404, title: 'Not found', why: 'a secret in the address' };
      const claim = claimOf(request);
      if (claim === undefined) return bySecret(request, ofKind);
      return bySignature(request, claim, ofKind);
    },
  };
}

/** Planned work as a calendar tells of it; undefined for a text that is none, or is not whole. Never throws. */
export function readWorks(text: string): readonly SupplierWork[] | undefined {
  const read = isCalendar(text) ? readCalendar(text) : undefined;
  return read !== undefined && 'works' in read ? read.works : undefined;
}

const refused: Admission = {
  ok: false,
  status: 401,
  title:
    'The secret is missing or wrong: send it as "Authorization: Bearer …", as the docs say for each source',
  why: 'the secret is missing or wrong',
};

/** All are compared, so that how long it takes tells nothing. */
function bySecret(request: AlertRequest, ofKind: readonly Known[]): Admission {
  const given = request.token ?? bearer(request.headers.authorization) ?? '';
  const fits = ofKind.filter(({ secret }) => isSame(given, secret) && !isSigning(secret));
  const [source] = fits;
  if (source === undefined) return refused;
  return { ok: true, limit: limits.bySecret, read: body => readAs(source, body, undefined, request.now) };
}

/** A signature is over the body, so the body is read first; not a longer one than a stranger may send anywhere. */
function bySignature(request: AlertRequest, claim: SignedClaim, ofKind: readonly Known[]): Admission {
  const signing = ofKind.filter(({ secret }) => isSigning(secret));
  if (signing.length === 0 || !claim.isInTime) return refused;
  const read = (body: string): AlertsRead => {
    const [source] = signing.filter(({ secret }) => isSignedBy(claim, body, secret));
    if (source !== undefined) return readAs(source, body, claim.id, request.now);
    return { ok: false, status: 401, title: 'The signature is wrong', why: 'the signature is wrong' };
  };
  return { ok: true, limit: limits.bySignature, read };
}

function readAs({ name, kind }: Known, body: string, id: string | undefined, now: Date): AlertsRead {
  const read = parserOf(kind)(body, now);
  if ('fault' in read) return { ok: false, ...read.fault, why: read.fault.title };
  if (read.alerts.length > limits.alerts)
    return {
      ok: false,
      status: 413,
      title: `At most ${limits.alerts} alerts at once: set max_alerts of the sender to that, or group them`,
      why: 'too many alerts',
    };
  const { alerts, works, truncated = 0 } = read;
  const sent = { source: name, ...(id !== undefined && { id }), alerts, ...(works && { works }), truncated };
  return { ok: true, sent };
}
