import { HTTPException } from 'hono/http-exception';
import { type Pointed, pointerTo, problem } from '../problem.ts';

/** The caller must act: thrown by a route's handler, answered as a problem. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly response: Response;
  constructor(status: 404 | 409 | 422 | 429, title: string, errors?: readonly Pointed[]) {
    super(title);
    this.response = problem(status, title, {}, errors);
  }
}

/** There is nothing with this ref, or nothing that this route is for: the answer is the same. */
export function notFound(): ApiRefusal {
  return new ApiRefusal(404, 'Not found');
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Faults as the answer names them. `within`: which part of the request they are of. */
export function pointed(issues: readonly Issue[], within: 'json' | 'param' | 'query' = 'json'): Pointed[] {
  const before = within === 'json' ? [] : [within];
  return issues.map(({ path, message }) => ({ pointer: pointerTo([...before, ...path]), detail: message }));
}

/** The answer to an error that a request itself is to blame for; undefined for the desk's own. */
export function answerTo(error: Error): Response | undefined {
  if (error instanceof ApiRefusal) return error.response;
  if (!(error instanceof HTTPException)) return undefined;
  if (error.status === 415) return problem(415, 'Send the body as application/json');
  return error.status === 400 ? problem(400, 'The body is no JSON') : problem(error.status, 'Not taken');
}
