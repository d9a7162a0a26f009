/** An argument of a call: a string, an object's path, a list of paths, or a dictionary of one text under one name (plain, or as a variant). */
export type Argument =
  | { readonly type: 's' | 'o'; readonly value: string }
  | { readonly type: 'ao'; readonly value: readonly string[] }
  | { readonly type: 'a{sv}' | 'a{ss}'; readonly name: string; readonly value: string };

/** A method call of D-Bus. */
export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly member: string;
  readonly interface: string;
  readonly body?: readonly Argument[];
}

/** Header fields of the D-Bus specification, "Header Fields". */
const FIELD = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 } as const;

/** A call as it travels, little-endian (D-Bus specification, "Message Protocol"). */
export function encodeCall(call: Call, serial: number): Buffer {
  const args = call.body ?? [];
  const body = createWriter();
  for (const argument of args) writeArgument(body, argument);
  const bodyBytes = body.bytes();
  const out = createWriter();
  // Little-endian, a method call, no flags, version 1 of the protocol.
  for (const byte of [0x6c, 1, 0, 1]) out.byte(byte);
  out.number(bodyBytes.length);
  out.number(serial);
  const fields = [
    [FIELD.path, 'o', call.path],
    [FIELD.interface, 's', call.interface],
    [FIELD.member, 's', call.member],
    [FIELD.destination, 's', call.destination],
    ...(args.length > 0
      ? ([[FIELD.signature, 'g', args.map(({ type }) => type).join('')]] as const)
      : []),
  ] as const;
  out.array(8, () => {
    for (const [code, type, value] of fields) {
      out.align(8);
      out.byte(code);
      out.signature(type);
      if (type === 'g') out.signature(value);
      else out.text(value);
    }
  });
  out.align(8);
  return Buffer.concat([out.bytes(), bodyBytes]);
}

function writeArgument(out: Writer, argument: Argument): void {
  if (argument.type === 'ao') {
    out.array(4, () => {
      for (const path of argument.value) out.text(path);
    });
  } else if (argument.type === 'a{sv}' || argument.type === 'a{ss}') {
    out.array(8, () => {
      out.align(8);
      out.text(argument.name);
      if (argument.type === 'a{sv}') out.signature('s');
      out.text(argument.value);
    });
  } else out.text(argument.value);
}

type Writer = ReturnType<typeof createWriter>;

/** Puts values one after another, each on its own boundary. */
function createWriter() {
  const bytes: number[] = [];
  const number = (value: number): void => {
    align(4);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(value);
    bytes.push(...at);
  };
  const align = (boundary: number): void => {
    while (bytes.length % boundary !== 0) bytes.push(0);
  };
  return {
    align,
    number,
    byte: (value: number): void => void bytes.push(value),
    text(value: string): void {
      const encoded = Buffer.from(value, 'utf8');
      number(encoded.length);
      bytes.push(...encoded, 0);
    },
    signature(value: string): void {
      bytes.push(value.length, ...Buffer.from(value, 'ascii'), 0);
    },
    array(boundary: number, fill: () => void): void {
      number(0);
      const lengthAt = bytes.length - 4;
      // The length does not count what lies between it and the first element.
      align(boundary);
      const begin = bytes.length;
      fill();
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length - begin);
      bytes.splice(lengthAt, 4, ...length);
    },
    bytes: (): Buffer => Buffer.from(bytes),
  };
}
