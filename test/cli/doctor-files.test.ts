import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkFiles } from '../../src/cli/doctor/files.ts';

test('a scanner that answers is well; one that is away, and a store that does not answer, are faults with what to do', async () => {
  expect(await checkFiles('/nonexistent', {})).toEqual([]);
  const server = createServer(socket =>
    socket.on('error', () => undefined).once('data', () => socket.end('stream: OK\0')),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const clamd = { host: '127.0.0.1', port };
  expect(await checkFiles('/nonexistent', { clamd })).toEqual([
    { what: 'The virus scanner answers', ok: true },
  ]);
  await new Promise(resolve => server.close(resolve));
  const s3 = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'desk',
    region: 'us-east-1',
    accessKey: 'key',
    secretKey: 'SeCrEt',
  };
  const faults = await checkFiles('/nonexistent', { clamd, s3 });
  expect(faults.map(({ ok, mend }) => [ok, mend])).toEqual([
    [false, expect.stringContaining('CLAMD_SOCKET')],
    [false, expect.stringContaining('FILES_S3_ENDPOINT')],
  ]);
  expect(JSON.stringify(faults)).not.toContain('SeCrEt');
});
