import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that went through, with what the service answered. */
export interface Relayed {
  readonly path: string;
  readonly body: string;
  readonly status: number;
  /** What it said of the opt-out signal (`Sec-GPC`); null: nothing. */
  readonly gpc: string | null;
}

/** Stands between the app and the reference server, and notes what is of interest. */
export interface RecordingRelay {
  readonly url: string;
  /** Everything noted so far that was answered, in order. */
  readonly seen: () => readonly Relayed[];
  /** From now on every connection ends at once, as without a network; or no more. */
  cut(isCut: boolean): void;
  /** From now on requests of these paths wait; those that no longer are among them go on. */
  hold(isHeld: (path: string) => boolean): void;
  close(): Promise<void>;
}

/** @param target where requests go on to, without a slash at the end. @param isNoted by path. */
export async function startRecordingRelay(
  target: string,
  isNoted: (path: string) => boolean,
): Promise<RecordingRelay> {
  const seen: Relayed[] = [];
  let isCut = false;
  let isHeld: (path: string) => boolean = () => false;
  const held = new Set<() => void>();
  const letGo = async (path: string): Promise<void> => {
    while (isHeld(path)) await new Promise<void>((resolve) => held.add(resolve));
  };
  const server = createServer((asked, answer) => {
    void letGo(asked.url ?? '/').then(() => {
      relayOne(asked, answer);
    });
  });
  const relayOne = (asked: IncomingMessage, answer: ServerResponse): void => {
    if (isCut) {
      asked.socket.destroy();
      return;
    }
    const { url: path = '/', method = 'GET', headers } = asked;
    const body: Buffer[] = [];
    asked.on('data', (part: Buffer) => body.push(part));
    const out = request(`${target}${path}`, { method, headers }, (got) => {
      const status = got.statusCode ?? 502;
      answer.writeHead(status, got.headers);
      got.pipe(answer);
      if (!isNoted(path)) return;
      const gpc = headers['sec-gpc'];
      const said = gpc === undefined ? null : String(gpc);
      seen.push({ path, body: Buffer.concat(body).toString(), status, gpc: said });
    });
    out.on('error', () => asked.socket.destroy());
    answer.on('close', () => out.destroy());
    asked.pipe(out);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => [...seen],
    cut(cuts) {
      isCut = cuts;
      if (cuts) server.closeAllConnections();
    },
    hold(holds) {
      isHeld = holds;
      for (const goOn of held) goOn();
      held.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
