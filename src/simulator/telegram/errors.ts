/** What the Bot API answers instead of a result. `description` is the platform's own wording. */
export class ApiError extends Error {
  readonly code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };

  constructor(code: number, description: string, parameters?: ApiError['parameters']) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

/** A 400 in the platform's wording, with its usual prefix. */
export function badRequest(what: string): ApiError {
  return new ApiError(400, `Bad Request: ${what}`);
}

/** A 403 in the platform's wording, with its usual prefix. */
export function forbidden(what: string): ApiError {
  return new ApiError(403, `Forbidden: ${what}`);
}
