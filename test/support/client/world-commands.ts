import type { Choice } from '../../../src-shared/consent/decision.js';
import { EMAILS } from './client-checks.js';
import { supersedingAll } from './client-model.js';
import type { ClientWorld } from './client-world.js';
import { decisionsOf } from './fake-service.js';
import { command, type Command } from './model-command.js';
import { idAt, sampleDecision } from './sample-decision.js';

/* What happens around the client: the network, the service, other devices, time. */

export function network(state: ClientWorld['service']['network']): Command {
  return command(`network ${state}`, (_, world) => {
    world.service.network = state;
    return Promise.resolve();
  });
}

export function policyKnown(known: boolean): Command {
  return command(known ? 'policy known' : 'policy unknown', (_, world) => {
    world.service.knowsPolicy = () => known;
    return Promise.resolve();
  });
}

export function wait(days: number): Command {
  return command(`${days} days pass`, (_, world) => {
    world.clock.nowMs += days * 86_400_000;
    return Promise.resolve();
  });
}

export function endSessions(email: string): Command {
  return command(`end the sessions of ${email} elsewhere`, (_, world) => {
    for (const session of world.service.sessions.values()) {
      if (session.account.email === email) session.state = 'session-ended';
    }
    return Promise.resolve();
  });
}

export function elsewhere(
  email: string,
  choices: Readonly<Record<string, Choice>>,
  knowing: boolean,
): Command {
  const words = `${JSON.stringify(choices)}${knowing ? '' : ', knowing nothing'}`;
  return command(`elsewhere ${email} says ${words}`, (_, world) => {
    const account = world.service.account(email);
    const { id, kept } = account;
    const earlier = decisionsOf(account).map(({ decision }) => decision);
    const place = 1_000_000 + (email === EMAILS[0] ? 0 : 500_000) + kept.length;
    const said = sampleDecision(place, {
      id: idAt(place),
      subject: id,
      device: 'other-device',
      seq: earlier.filter(({ device }) => device === 'other-device').length + 1,
      at: new Date(world.clock.nowMs).toISOString(),
      choices: { ...choices },
      supersedes: knowing ? supersedingAll(earlier, Object.keys(choices)) : {},
    });
    world.service.elsewhere(email, said);
    return Promise.resolve();
  });
}
