/** The little of `oidc-provider` that is used here; it comes without types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** What a request and its answer are, as Koa has it. */
  export interface Context {
    readonly path: string;
    body: unknown;
    status: number;
    get(header: string): string;
    response: { get(header: string): string };
    set(header: string, value: string): void;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    use(between: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(event: 'access_token.saved' | 'access_token.destroyed', listener: () => void): void;
    on(event: 'authorization_code.saved', listener: (code: { jti: string }) => void): void;
  }
}
