/**
 * Reads a body as text, but never more than `limitBytes`: what is larger is no answer of ours, and reading it on would
 * only fill memory.
 * @returns the text, or null when the body was too long or not UTF-8.
 */
export async function readLimited(response: Response, limitBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let readBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      readBytes += value.byteLength;
      if (readBytes > limitBytes) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // A TypeError is the decoder's: not UTF-8. Anything else is the network's, and the caller's to judge.
    if (!(error instanceof TypeError) || !('code' in error)) throw error;
  }
  await reader.cancel();
  return null;
}
