import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { vi } from 'vitest';

/** What the desk's secret is there. */
export const SECRET = 'secret-of-the-desk-0123456789';

/** A real provider of OpenID Connect on this machine: whatever name is typed there signs in. */
export interface SignInServer {
  readonly issuer: string;
  close(): Promise<void>;
}

/** Starts one that knows the client `desk`. `calls`: itself something else than where it is. */
export async function startProvider(redirect: string, calls?: string): Promise<SignInServer> {
  vi.spyOn(console, 'info').mockImplementation(() => undefined); // it warns that its windows are for tests only
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const server: Server = createServer((request, response) => handle(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(calls ?? issuer, {
    clients: [
      {
        client_id: 'desk',
        client_secret: SECRET,
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId }),
    }),
    cookies: { keys: ['keys of the test'] },
    pkce: { required: () => true },
  });
  const handle = provider.callback();
  return {
    issuer,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
