/** Streams of events that are listened to all the time. */
export interface Streams {
  /** How many events came so far, on all of them. */
  events(): number;
  /** What is wrong with those that ended though nobody closed them. */
  broken(): readonly string[];
  close(): void;
}

/** Opens one for each token. @throws Error where one is not opened. */
export async function openStreams(base: string, tokens: readonly string[]): Promise<Streams> {
  const ending = new AbortController();
  const broken: string[] = [];
  let events = 0;
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const part of body) {
      events += decoder.decode(part, { stream: true }).match(/^event:/gm)?.length ?? 0;
    }
    throw new Error('it ended');
  };
  for (const token of tokens) {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const answer = await fetch(`${base}/v1/events`, { headers, signal: ending.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`a stream: ${answer.status}`);
    read(answer.body).catch((error: unknown) => {
      if (!ending.signal.aborted) broken.push(`a stream: ${String(error)}`);
    });
  }
  return {
    events: () => events,
    broken: () => broken,
    close: () => ending.abort(),
  };
}
