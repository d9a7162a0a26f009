/**
 * The icon file of Windows: a directory of PNG images (MS-ICO; a side of 256 is written as 0).
 *
 * @param {ReadonlyMap<number, Buffer>} drawn PNG images by their side in pixels
 * @returns {Buffer}
 */
export function icoOf(drawn) {
  const images = [...drawn].filter(([size]) => size <= 256);
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length + 16 * images.length;
  const entries = images.map(([size, png]) => {
    const entry = Buffer.alloc(16);
    entry[0] = entry[1] = size % 256;
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...images.map(([, png]) => png)]);
}

/** The types of macOS's icon file, and the side of each in pixels; the same image serves a size and the half of it twice as fine. */
const ICNS_TYPES = /** @type {const} */ ([
  ['ic04', 16],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/**
 * The icon file of macOS: blocks of a type, a length and a PNG image.
 *
 * @param {ReadonlyMap<number, Buffer>} drawn
 * @returns {Buffer}
 */
export function icnsOf(drawn) {
  const blocks = ICNS_TYPES.flatMap(([type, size]) => {
    const png = drawn.get(size);
    return png ? [blockOf(type, png)] : [];
  });
  return blockOf('icns', Buffer.concat(blocks));
}

/** @param {string} type @param {Buffer} body */
function blockOf(type, body) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + head.length, 4);
  return Buffer.concat([head, body]);
}
