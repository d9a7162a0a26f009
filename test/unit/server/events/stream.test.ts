import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createStream, MOST_UNSENT_BYTES } from '../../../../src-server/events/stream.js';

const WHO = {
  service: 'alpha',
  accountId: 'a',
  sessionId: 's',
  expiresAtMs: 1,
  cursor: 'start',
};

function memorySink() {
  const sink = {
    text: '',
    isEnded: false,
    isDestroyed: false,
    writableLength: 0,
    write: (text: string) => void (sink.text += text),
    end: () => void (sink.isEnded = true),
    destroy: () => void (sink.isDestroyed = true),
  };
  return sink;
}

describe('a stream', () => {
  it('writes events as they are to be written, each decision once', () => {
    const sink = memorySink();
    const stream = createStream(WHO, sink);
    stream.tellDecisions('start');
    stream.tellDecisions('one');
    stream.tellDecisions('one');
    stream.tellPolicy('v2');
    stream.beat();
    stream.finish('expired');
    stream.tellDecisions('two');
    stream.end();
    expect(sink.text).toBe(
      [
        ': sayso\n\n',
        'event: decisions\nid: one\ndata: {"cursor":"one"}\n\n',
        'event: policy\nid: one\ndata: {"version":"v2"}\n\n',
        ':\n\n',
        'event: session-ended\nid: one\ndata: {"reason":"expired"}\n\n',
      ].join(''),
    );
    expect([sink.isEnded, sink.isDestroyed]).toEqual([true, false]);
  });

  it('cuts off who does not read', () => {
    const sink = memorySink();
    const stream = createStream(WHO, sink);
    sink.writableLength = MOST_UNSENT_BYTES;
    stream.beat();
    expect(sink.isDestroyed).toBe(false);
    sink.writableLength += 1;
    stream.beat();
    expect(sink.isDestroyed).toBe(true);
    const { text } = sink;
    stream.beat();
    stream.finish('ended');
    expect([sink.text, sink.isEnded]).toEqual([text, false]);
  });

  it('takes no more memory than that for a real connection whose other side sleeps', async () => {
    let mostWaiting = 0;
    const server = createServer((_request, response) => {
      const stream = createStream(WHO, response);
      const tell = (round: number): void => {
        if (response.destroyed) return;
        stream.tellDecisions(`${round}`.padEnd(4000, 'x'));
        mostWaiting = Math.max(mostWaiting, response.writableLength);
        setImmediate(tell, round + 1);
      };
      tell(0);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sleeper = connect(port, '127.0.0.1');
    sleeper.on('error', () => undefined);
    sleeper.pause();
    sleeper.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [accepted] = (await once(server, 'connection')) as [Socket];
    await once(accepted, 'close');
    expect(mostWaiting).toBeGreaterThan(MOST_UNSENT_BYTES);
    expect(mostWaiting).toBeLessThan(2 * MOST_UNSENT_BYTES);
    sleeper.destroy();
    server.close();
  });
});
