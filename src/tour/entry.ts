import { randomBytes } from 'node:crypto';

/** The address that the client area would lead to: its token is good for a minute, once. */
export async function entryFor(
  contact: string,
  at: { readonly secret: string; readonly publicUrl: string; now(): number },
): Promise<string> {
  const { SignJWT } = await import('jose');
  const exp = Math.floor(at.now() / 1000) + 60;
  const token = await new SignJWT({
    sub: contact,
    aud: `${at.publicUrl}/me`,
    exp,
    jti: randomBytes(8).toString('hex'),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(at.secret));
  return `/me/enter?token=${token}`;
}
