import type fc from 'fast-check';
import { checkAgainst } from './client-checks.js';
import type { ClientModel } from './client-model.js';
import type { ClientWorld } from './client-world.js';

type Act = (model: ClientModel, world: ClientWorld) => Promise<void>;
/** One act of a random sequence. */
export type Command = fc.AsyncCommand<ClientModel, ClientWorld>;

/** A command that waits until everything is settled and then holds the client against the model. */
export function command(name: string, act: Act): Command {
  return {
    check: () => true,
    async run(model, world) {
      await act(model, world);
      await world.quiet();
      checkAgainst(model, world);
    },
    toString: () => name,
  };
}
