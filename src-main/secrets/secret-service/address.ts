/** Where the session bus is: a socket's path, `none` where there is no bus, `untold` where only libraries could find it. */
export type BusAddress = { readonly path: string } | 'none' | 'untold';

/**
 * Finds the session bus as the D-Bus specification says ("Server Addresses"), unix sockets only; other transports, and a bus
 * that a display names, are left to the library.
 * @param socketExists whether there is something at a path.
 */
export function findBus(
  environment: Readonly<Record<string, string | undefined>>,
  socketExists: (path: string) => boolean,
): BusAddress {
  const given = environment['DBUS_SESSION_BUS_ADDRESS'];
  if (given) {
    for (const one of given.split(';')) {
      const path = pathIn(one);
      if (path !== null) return { path };
    }
    return 'untold';
  }
  const usual = `${environment['XDG_RUNTIME_DIR'] ?? ''}/bus`;
  if (usual !== '/bus' && socketExists(usual)) return { path: usual };
  return environment['DISPLAY'] ? 'untold' : 'none';
}

/** The path in an address such as `unix:path=/run/user/1000/bus`; an abstract socket's begins with a zero character. */
function pathIn(address: string): string | null {
  const [transport, values = ''] = address.split(/:(.*)/s);
  if (transport !== 'unix') return null;
  for (const pair of values.split(',')) {
    const [key, value = ''] = pair.split(/=(.*)/s);
    const unescaped = decoded(value);
    if (unescaped === null || unescaped === '') continue;
    if (key === 'path') return unescaped;
    if (key === 'abstract') return `\0${unescaped}`;
  }
  return null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
