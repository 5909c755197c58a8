import { type Door, type DoorRequest, type Inbound, type Received, whyOf } from '../../core/index.ts';
import { afterwards, type Intake, takeMail } from './in/intake.ts';
import { admit, type Opened } from './in/sources.ts';

/** Refuses every request: mail comes by the doors of those who bring it, and nobody has a secret for this one. */
export function receive(): Received {
  return { verified: false, response: { status: 404 }, why: 'mail comes to /hooks/email/raw and the like' };
}

/** Takes a mail at the door of a source: known by its secret or its signature, read apart, and answered once it is in the database. */
export function receiveFrom(intake: Intake, request: DoorRequest): Door {
  const { sources } = intake.config.incoming ?? { sources: {} };
  const admitted = admit(request, sources);
  if (!admitted.ok) return { open: false, response: { status: admitted.status }, why: admitted.why };
  return {
    open: true,
    limit: admitted.limit,
    proved: admitted.proved,
    async read(body) {
      const opened = await admitted.open(body);
      return opened.ok ? taken(intake, opened) : turnedAway(opened);
    },
  };
}

/** Whoever brings it may read why: it is about settings. */
function turnedAway({ status, why }: Extract<Opened, { ok: false }>): Received {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return { verified: false, response: status === 422 ? { status, headers, body: why } : { status }, why };
}

async function taken(intake: Intake, { raw, handover }: Extract<Opened, { ok: true }>): Promise<Received> {
  try {
    const inbound = await takeMail(intake, raw, handover);
    return {
      verified: true,
      inbound,
      async respond(answers) {
        for (const [nth, answer] of answers.entries())
          await afterwards(intake, inbound[nth] as Inbound, answer);
        return { status: 200 };
      },
    };
  } catch (error) {
    // It comes again: whoever brings mail keeps it until it is taken.
    return { verified: false, response: { status: 503 }, why: `it could not be kept: ${whyOf(error)}` };
  }
}
