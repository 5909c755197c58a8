/**
 * Runs before each test file. The first server of @hono/node-server (2.1.8) puts a `Response` of its own in place of the global one, and the
 * constant by which the pretend platforms say "answered already" must be made before that: made after it, it is answered a second time. Test
 * files share what they import, so without this their order would decide.
 */
import '@hono/node-server/utils/response';
