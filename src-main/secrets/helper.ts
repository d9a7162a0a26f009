import keytar from 'keytar';
import type { HelperAnswer, HelperCall } from './helper-library.js';

/** The entry of a process that does nothing but call the keychain's library for the app. */
process.parentPort.on('message', ({ data }) => {
  void answer(data as HelperCall).then((answered) => {
    process.parentPort.postMessage(answered);
  });
});

async function answer({ id, call, args }: HelperCall): Promise<HelperAnswer> {
  const [service = '', account = '', password = ''] = args;
  try {
    if (call === 'setPassword') {
      await keytar.setPassword(service, account, password);
      return { id, ok: true, value: null };
    }
    if (call === 'findCredentials')
      return { id, ok: true, value: await keytar.findCredentials(service) };
    return { id, ok: true, value: await keytar[call](service, account) };
  } catch {
    return { id, ok: false };
  }
}
