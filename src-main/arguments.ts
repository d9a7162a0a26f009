import { serviceIdSchema } from '../src-shared/ids.js';
import { isAllowedBaseAddress } from '../src-shared/manifest.js';

/** What the command line and the environment ask for; anything unusable is left out, as if it had not been said. */
export interface AppArguments {
  readonly service: string | null;
  /** A language tag as it was typed; nobody has looked whether it is one. */
  readonly lang: string | null;
  /** Every base address becomes `<server>/<service id>`; for development and tests, never in packaged builds. */
  readonly server: string | null;
}

/** Where the switches and variables are read from. */
export interface ArgumentSource {
  /** The value of `--name=value`, '' where it is missing. */
  readonly switchValue: (name: string) => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isPackaged: boolean;
}

/** Reads flags and environment. They come from outside and are checked like any other input. */
export function readArguments({
  switchValue,
  environment,
  isPackaged,
}: ArgumentSource): AppArguments {
  const service = serviceIdSchema.safeParse(switchValue('service'));
  const lang = switchValue('lang');
  const server = environment['SAYSO_SERVER']?.replace(/\/+$/, '') ?? '';
  return {
    service: service.success ? service.data : null,
    lang: lang || null,
    server: !isPackaged && isAllowedBaseAddress(server) ? server : null,
  };
}
